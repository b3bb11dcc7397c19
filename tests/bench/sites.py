"""The sites whose pages are measured in turns: with all the load data, with little, and with all of it on SQLite."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2

from tests.bench.behind import memory, working
from tests.bench.live import CONNECTIONS, Heard, heard, post
from tests.bench.speed import FLOOR, UNIT, Stand, measure, stand, table
from tests.bench.visitors import Visits, visits

FEW = 1_000
ROUNDS, SECONDS = 3, 2.0
BUSY_S = 8.0


@contextmanager
def sites(posts: int, own: dict[str, str]) -> Iterator[list[Stand]]:
    """`own` are the data folder, the database, where the load data is already, and Redis."""
    folder, database, queue = (own[name] for name in ("WEFT_DATA_DIR", "DATABASE_URL", "REDIS_URL"))
    little = {"DATABASE_URL": another(database, "little"), "REDIS_URL": queue.removesuffix("/0") + "/1"}
    apart = [{"WEFT_DATA_DIR": str(Path(folder, name))} for name in ("little", "sqlite")]
    for each in apart:
        Path(each["WEFT_DATA_DIR"]).mkdir()
    with ExitStack() as stack:
        yield [
            stack.enter_context(stand(f"PostgreSQL, {posts:,} posts", 0, **own)),
            stack.enter_context(stand(f"PostgreSQL, {FEW:,} posts", FEW, **little, **apart[0])),
            stack.enter_context(stand(f"SQLite, {posts:,} posts", posts, DATABASE_URL="", REDIS_URL="", **apart[1])),
        ]


def another(url: str, name: str) -> str:
    """A second database in the same cluster."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return url.rpartition("/")[0] + f"/{name}"


def speed(stands: list[Stand]) -> str:
    """The pages, as tables."""
    measure(stands, rounds=ROUNDS, seconds=SECONDS)
    many, few, *_ = stands
    same = many.seen[UNIT].rate / few.seen[UNIT].rate
    said = (
        f"The unit page with all the posts comes {same:.2f} times as often as with {FEW:,} (to reach: 0.9 to 1.1).\n\n"
    )
    return "\n".join(map(table, stands)) + "\n" + said + busy(many)


def busy(many: Stand) -> str:
    """The unit page while somebody replies there each second."""
    stop = threading.Event()

    def write() -> None:
        for cookie in many.cookies:
            post(many.port, many.busy["slug"], many.busy["thread"], cookie)
            if stop.wait(1):
                return

    writing = threading.Thread(target=write)
    writing.start()
    seen: Visits = visits(many.port, many.pages[UNIT], many.cookies, BUSY_S)
    stop.set()
    writing.join()
    share = seen.rate / many.seen[FLOOR].rate
    return (
        f"While somebody replies there each second, the unit page comes {seen.rate:.0f} times a second, {share:.2f} of "
        f"the floor, 95 of 100 within {seen.within(0.95) * 1000:.0f} ms.\n"
    )


def open_pages(many: Stand) -> str:
    """A thousand open pages, and the memory of each process before, with them, and after."""
    with working(many.environment) as pids:
        pids = {"web": many.pid, **pids}
        settled(pids)
        before = memory(pids)
        told = heard(many.pid, live=many.port, pages=many.port, cookies=many.cookies, authors=many.cookies, **many.live)
        after = memory(pids)
    rows = [f"| {name} | {before[name]:.0f} MB | {after[name]:.0f} MB |" for name in pids]
    return said_of(told) + "\n".join(
        ["", "| Memory of | at rest | after the replies |", "|---|---|---|", *rows, ""],
    )


def settled(pids: dict[str, int]) -> None:
    """Waits until every process holds what it holds at rest."""
    held: dict[str, float] = {}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(2)
        now = memory(pids)
        if held and all(abs(now[name] - held[name]) < 1 for name in pids):
            return
        held = now


def said_of(told: Heard) -> str:
    return (
        f"{CONNECTIONS:,} live connections to one web process hold {told.kilobytes_each:.0f} kB each. Of a reply each "
        f"second, half of them hear within {told.within(0.5) * 1000:.0f} ms, 95 of 100 within "
        f"{told.within(0.95) * 1000:.0f} ms, all within {told.delays[-1] * 1000:.0f} ms.\n"
    )
