"""Pages read from a real standby only when it has all that the primary had as they were asked for (ADR 27)."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.house import ROOT
from tests.replicas.browser import Browser
from tests.replicas.pair import Standby, Talkative, a_pair
from tests.serving import Site, free_port, wait_until

pytestmark = pytest.mark.once
SERVED = """
import sys
import uvicorn
from config import replicas
replicas.LATE_MOST_S = replicas.AWAY_S = 0.3
from config.asgi import application
uvicorn.run(application, port=int(sys.argv[1]), log_level="error", lifespan="off")
"""
POSTS = "discussions_post"


@dataclass
class Pair:
    primary: Talkative
    standby: Standby
    site: Site
    world: dict[str, str]

    def browser_of(self, handle: str) -> Browser:
        return Browser(self.site.port, {self.world["session"]: self.world[handle]})

    def asked_of_each(self) -> tuple[int, int]:
        """How often somebody asked for posts: the primary, the standby."""
        return self.primary.asked(POSTS), self.standby.asked(POSTS)

    def is_read_from_standby(self, browser: Browser) -> bool:
        self.standby.wait_for(self.primary)
        self.asked_of_each()
        assert browser.open(self.world["thread"]).status == 200
        at_primary, at_standby = self.asked_of_each()
        return at_standby > 0 and not at_primary


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
    assert pair.is_read_from_standby(pair.browser_of("bo"))


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
    wait_until(lambda: pair.is_read_from_standby(bo))
    assert words in bo.open(pair.world["thread"]).text


def test_who_was_removed_sees_nothing_at_the_next_request_though_the_standby_is_behind(pair: Pair) -> None:
    ed = pair.browser_of("ed")
    assert pair.is_read_from_standby(ed)
    with pair.standby.behind("paused"):
        pair.primary.ask("UPDATE community_membership SET left_at = now() WHERE id = %s", int(pair.world["ed_s"]))
        assert ed.open(pair.world["thread"]).status == 404
    wait_until(lambda: pair.standby.ask("SELECT count(*) = 1 FROM community_membership WHERE left_at IS NOT NULL"))
    assert ed.open(pair.world["thread"]).status == 404


def test_a_standby_that_cancels_questions_and_connections_costs_no_page(pair: Pair) -> None:
    done = threading.Event()
    end_all = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'weft'"
    )

    def disturb() -> None:
        while not done.wait(0.005):
            pair.standby.ask(f"{end_all} AND backend_type = 'client backend'")

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        bo = pair.browser_of("bo")
        assert {bo.open(pair.world["thread"]).status for _ in range(20)} == {200}
    finally:
        done.set()
        disturbing.join()
    wait_until(lambda: pair.is_read_from_standby(bo))


def test_a_standby_that_is_away_costs_no_page_and_is_read_again_once_it_is_back(pair: Pair) -> None:
    bo = pair.browser_of("bo")
    assert pair.is_read_from_standby(bo)
    pair.standby.stop()
    assert {bo.open(pair.world["thread"]).status for _ in range(4)} == {200}
    assert bo.reply(pair.world["thread"], "Said while it is away.").status == 302
    pair.standby.start()
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
