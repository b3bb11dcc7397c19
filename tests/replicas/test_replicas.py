"""Pages read from a real standby only when it has all that the primary had as they were asked for (ADR 27)."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.house import ROOT
from tests.replicas.browser import Browser, Page
from tests.replicas.pair import PREPARED, SELECTED, Standby, Talkative, a_pair
from tests.serving import Site, free_port, wait_until

pytestmark = pytest.mark.once
SERVED = """
import sys
import uvicorn
from a2wsgi import WSGIMiddleware
from config import replicas
replicas.LATE_MOST_S = replicas.AWAY_S = 0.3
replicas.QUESTION_S = 3.0
from config.asgi import for_pages, page
one_thread = for_pages(WSGIMiddleware(page, workers=1))
uvicorn.run(one_thread, port=int(sys.argv[1]), log_level="error", lifespan="off")
"""  # one, so that a test knows what a connection was asked before
POSTS = "discussions_post"


@dataclass
class Pair:
    primary: Talkative
    standby: Standby
    site: Site
    world: dict[str, str]

    def browser_of(self, handle: str) -> Browser:
        return Browser(self.site.port, {self.world["session"]: self.world[handle]})

    def asked_of_each(self, *ways: str) -> tuple[int, int]:
        """How often somebody asked for posts: the primary, the standby."""
        ways = ways or (SELECTED, PREPARED)
        return self.primary.asked(POSTS, *ways), self.standby.asked(POSTS, *ways)

    def figure(self, name: str) -> float:
        """Of the standby, as a monitor reads it."""
        text = Browser(self.site.port).open("/health/metrics").text
        return float(text.partition(f'{name}{{replica="replica1"}} ')[2].partition("\n")[0])

    def is_read_from_standby(self, browser: Browser) -> bool:
        """A page that is kept is only compared with what it was made of. One from an address where nobody asked before
        is made anew; what it was made of is asked of the primary if it might have written."""
        thread = self.world["thread"]
        browser.open(thread)  # notes what was read
        self.standby.wait_for(self.primary)
        self.asked_of_each()
        for address, way in ((thread, PREPARED), (f"{thread}?{uuid4()}", SELECTED)):
            assert browser.open(address).status == 200
            at_primary, at_standby = self.asked_of_each(way)
            if at_primary or not at_standby:
                return False
        return True


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Site]:
    given = os.environ | {"WEFT_DATA_DIR": str(folder)} | environment
    site = Site(free_port())
    process = subprocess.Popen([sys.executable, "-c", SERVED, str(site.port)], env=given, cwd=ROOT)
    try:
        wait_until(site.answers)
        yield site
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder, world = tmp_path_factory.mktemp("replicas"), {}

    def fill(url: str) -> None:
        command = [sys.executable, "-m", "tests.replicas.small_world"]
        made = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        world.update(json.loads(made.stdout))

    with a_pair(fill) as (primary, standby):
        both = ",".join(quote(str(each.folder), safe="") for each in (standby, primary))  # not by their order
        urls = {"DATABASE_URL": f"postgres://weft@{both}/postgres", "REPLICA_URLS": standby.url}
        with served(folder, **urls) as site:
            made = Pair(primary, standby, site, world)
            for handle in ("alice", "bo", "ed"):  # the first visit of a day is noted
                made.browser_of(handle).open(world["thread"])
            yield made


def test_a_page_is_read_from_a_standby_that_has_all(pair: Pair) -> None:
    wait_until(lambda: pair.is_read_from_standby(pair.browser_of("bo")))


@pytest.mark.parametrize("how", ["paused", "delayed"])
def test_while_the_standby_is_behind_everybody_reads_what_was_just_written(pair: Pair, how: str) -> None:
    bo, alice, words = pair.browser_of("bo"), pair.browser_of("alice"), f"Said while it is {how}."
    before = json.loads(alice.open(pair.world["changes"]).text)["seq"]
    with pair.standby.behind(how):
        answer = bo.reply(pair.world["thread"], words)
        assert answer.status == 302
        pair.asked_of_each()
        assert words in bo.open(answer.leads_to).text
        assert words in alice.open(pair.world["thread"]).text
        changes = json.loads(alice.open(pair.world["changes"].replace("=0", f"={before}")).text)
        assert changes["posts"], "a page that a letter sent here misses what it was told of"
        assert pair.asked_of_each()[1] == 0
        assert pair.figure("weft_replica_behind_bytes") > 0
        assert pair.figure("weft_replica_behind_seconds") > 0
    wait_until(lambda: pair.is_read_from_standby(bo))
    assert words in bo.open(pair.world["thread"]).text
    assert pair.figure("weft_replica_follows") == 1


def test_who_was_removed_sees_nothing_at_the_next_request_though_the_standby_is_behind(pair: Pair) -> None:
    ed = pair.browser_of("ed")
    wait_until(lambda: pair.is_read_from_standby(ed))
    with pair.standby.behind("paused"):
        pair.primary.ask("UPDATE community_membership SET left_at = now() WHERE id = %s", int(pair.world["ed_s"]))
        assert ed.open(pair.world["thread"]).status == 404
    wait_until(lambda: pair.standby.ask("SELECT count(*) = 1 FROM community_membership WHERE left_at IS NOT NULL"))
    assert ed.open(pair.world["thread"]).status == 404


def test_a_standby_that_cancels_questions_and_connections_costs_no_page(pair: Pair) -> None:
    done = threading.Event()

    def disturb() -> None:
        while not done.wait(0.005):
            pair.standby.end_connections()

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        bo = pair.browser_of("bo")
        assert {bo.open(pair.world["thread"]).status for _ in range(20)} == {200}
    finally:
        done.set()
        disturbing.join()
    wait_until(lambda: pair.is_read_from_standby(bo))


@pytest.mark.parametrize(("anew", "asks"), [("primary", "EXECUTE"), ("standby", "PREPARE")])
def test_a_standby_that_goes_in_the_middle_of_a_prepared_question_costs_no_page(
    pair: Pair, anew: str, asks: str
) -> None:
    """What was prepared there is not known to the primary, and what is prepared here instead is remembered."""
    bo, pages = pair.browser_of("bo"), list[Page]()
    wait_until(lambda: pair.is_read_from_standby(bo))
    getattr(pair, anew).end_connections()
    asking = threading.Thread(target=lambda: pages.append(bo.open(pair.world["thread"])))
    with pair.primary.locked(POSTS):
        wait_until(lambda: pair.standby.ask("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'"))
        asking.start()
        wait_until(lambda: pair.standby.end_connections(f"wait_event_type = 'Lock' AND query LIKE '{asks} %%'"))
    asking.join()
    pages += [bo.open(pair.world["thread"]) for _ in range(3)]
    assert [page.status for page in pages] == [200] * 4
    wait_until(lambda: pair.is_read_from_standby(bo))


def test_a_standby_that_is_away_costs_no_page_and_is_read_again_once_it_is_back(pair: Pair) -> None:
    bo = pair.browser_of("bo")
    wait_until(lambda: pair.is_read_from_standby(bo))
    pair.standby.stop()
    assert {bo.open(pair.world["thread"]).status for _ in range(4)} == {200}
    assert bo.reply(pair.world["thread"], "Said while it is away.").status == 302
    assert pair.figure("weft_replica_follows") == 0
    pair.standby.start()
    wait_until(lambda: pair.is_read_from_standby(bo))


def test_a_standby_that_hangs_holds_no_page(pair: Pair) -> None:
    """Neither the first that asks it, nor those after, nor one that waits for its answer as it begins to."""
    bo, pages = pair.browser_of("bo"), list[Page]()
    wait_until(lambda: pair.is_read_from_standby(bo))
    with pair.standby.hanging():
        pages += [bo.open(pair.world["thread"]) for _ in range(3)]
        assert bo.reply(pair.world["thread"], "Said while it hangs.").status == 302
    wait_until(lambda: pair.is_read_from_standby(bo))
    asking = threading.Thread(target=lambda: pages.append(bo.open(f"{pair.world['thread']}?{uuid4()}")))
    with ExitStack() as hanging:
        with pair.primary.locked(POSTS):
            wait_until(lambda: pair.standby.ask("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'"))
            asking.start()
            wait_until(lambda: pair.standby.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
            hanging.enter_context(pair.standby.hanging())
        asking.join()
    assert [page.status for page in pages] == [200] * 4
    wait_until(lambda: pair.is_read_from_standby(bo))


def test_a_promoted_standby_takes_the_writes(pair: Pair) -> None:
    """Last: afterwards there is one server."""
    bo = pair.browser_of("bo")
    assert bo.reply(pair.world["thread"], "Said before the primary went.").status == 302
    pair.standby.wait_for(pair.primary)
    pair.primary.stop()
    pair.standby.ask("SELECT pg_promote()")
    answers: list[Any] = []

    def is_open_again() -> bool:
        answers.append(bo.open(pair.world["thread"]))
        return answers[-1].status == 200

    wait_until(is_open_again, 10)
    assert "Said before the primary went." in answers[-1].text
    assert bo.reply(pair.world["thread"], "Said to the new one.").status == 302
    assert "Said to the new one." in bo.open(pair.world["thread"]).text
