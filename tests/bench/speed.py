"""How many pages a second, as a share of the floor's: `python -m tests.bench.speed [POSTS] [--sqlite]` measures that
alone, with few posts in under a minute."""

import gzip
import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.stage import made_anew
from tests.bench.visitors import Visits, visits
from tests.needs import missing, redis_server
from tests.postgres import cluster
from tests.serving import Site, free_port, redis, wait_until

ROOT = Path(__file__).parents[2]
UNIT, FLOOR = "unit page", "the floor"
TO_REACH = {UNIT: 0.6}  # of the floor; the others 0.5, where they were kept
QUERIES_MOST = {UNIT: 12}


@dataclass
class Stand:
    """A running site, what is measured there, by what it is called, and what came of it."""

    name: str
    port: int
    pages: dict[str, str]
    queries: dict[str, int]
    cookies: list[str]
    live: dict[str, Any]
    busy: dict[str, Any]
    environment: dict[str, str]
    pid: int
    seen: dict[str, Visits] = field(default_factory=dict)

    def visit(self, page: str, seconds: float) -> None:
        """Measured when everybody has opened it a moment ago, so that it is kept where pages are."""
        visits(self.port, self.pages[page], self.cookies, 0)
        seen = visits(self.port, self.pages[page], self.cookies, seconds)
        self.seen[page] = self.seen[page] + seen if page in self.seen else seen

    def html(self, page: str) -> bytes:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": f"localhost:{self.port}", "Cookie": self.cookies[0]}
        web.request("GET", self.pages[page], headers=headers)
        answer = web.getresponse()
        body = answer.read()
        web.close()
        assert answer.status == 200, (page, answer.status)
        return body

    def add_floor(self) -> None:
        """As large as the unit page is; and each page as it comes where it was not kept."""
        floor = {FLOOR: f"{self.pages['community']}floor/{len(self.html(UNIT))}/"}
        self.pages = floor | self.pages | made_anew(self.pages)

    def share(self, page: str) -> float:
        return self.seen[page].rate / self.seen[FLOOR].rate


@contextmanager
def stand(name: str, posts: int, **more: str) -> Iterator[Stand]:
    """A site on a database of its own with so many posts; none, and the load data is there already."""
    port = free_port()
    given = environment(port, **more)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.bench.stage", str(posts)], cwd=ROOT, env=given, stdout=subprocess.PIPE, check=True
    )
    with served(port, given) as process:
        found = Stand(name, port, environment=given, pid=process.pid, **json.loads(filled.stdout))
        found.add_floor()
        yield found


def environment(port: int, **more: str) -> dict[str, str]:
    """Of the processes of a measured site; what is empty is not set."""
    given = os.environ | {
        "WEFT_EMBEDDED": "1",  # plain http on loopback
        "OUTBOUND_PORTS": "",
        "SECRET_KEY": "for-measuring-only-" + "x" * 40,
        "SITE_URL": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        **more,
    }
    return {name: value for name, value in given.items() if value or name == "OUTBOUND_PORTS"}


@contextmanager
def served(port: int, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    from config.management.commands.run import _web

    process = subprocess.Popen(_web(port), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    try:
        wait_until(Site(port).answers)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def measure(stands: list[Stand], *, rounds: int, seconds: float) -> None:
    """Each page of each site in turns, so that what else the machine does meets them all."""
    for each in stands:
        for page in each.pages:
            visits(each.port, each.pages[page], each.cookies, 1)  # what a process does only once, or once a day
    for _ in range(rounds):
        for page in stands[0].pages:
            for each in stands:
                each.visit(page, seconds)


def table(each: Stand) -> str:
    lines = [
        f"### {each.name}\n",
        f"| {len(each.cookies)} people at once | pages a second | of the floor | to reach "
        "| half within | 95 of 100 within | queries | HTML, gzipped |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for page, seen in each.seen.items():
        to_reach, asked, most = TO_REACH.get(page, 0.5), each.queries.get(page, ""), QUERIES_MOST.get(page)
        aim = "" if page == FLOOR or page in made_anew(each.pages) else to_reach
        cells: list[Any] = [page, f"{seen.rate:.0f}", f"{each.share(page):.2f}", aim]
        cells += [f"{seen.within(0.5) * 1000:.0f} ms", f"{seen.within(0.95) * 1000:.0f} ms"]
        cells += [f"{asked} (most {most})" if most else asked, "" if page == FLOOR else size(each.html(page))]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def size(html: bytes) -> str:
    return f"{len(html) / 1000:.0f} kB, {len(gzip.compress(html)) / 1000:.1f} kB"


def main(posts: int, sqlite: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="weft-speed-") as folder:
        if sqlite:
            with stand("SQLite", posts, WEFT_DATA_DIR=folder) as each:
                measure([each], rounds=2, seconds=2)
                return print(table(each))
        if problem := missing("postgres") or missing("redis"):
            raise SystemExit(problem)
        with (
            cluster(durable=True) as database,
            redis(redis_server() or "", Path(folder)) as queue,
            stand("PostgreSQL", posts, WEFT_DATA_DIR=folder, DATABASE_URL=database, REDIS_URL=queue) as each,
        ):
            measure([each], rounds=2, seconds=2)
            print(table(each))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 1_000, "--sqlite" in sys.argv)
