"""`python -m tests.bench [POSTS]`: measures, prints, and with all POSTS writes docs/benchmarks.md."""

import os
import platform
import sys
import time
from pathlib import Path

from tests.bench import sites
from tests.bench.crowd import Figures
from tests.bench.site import Load, loaded_site
from tests.bench.stage import LOAD_THREADS, MEMBERS, UNITS
from tests.bench.visit import browsed
from tests.needs import missing

POSTS = 100_000
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench` in {minutes:.0f} minutes: a private PostgreSQL that waits for its disk, a private Redis, one web
process for each site, all on one machine ({machine}). Times on a shared machine are noisy: compare figures of one run.

Load data: {posts:,} posts in {threads:,} threads of {units} units, {members} members, written in {seconds:.0f} s; and a
unit of exactly 30 threads, 300 posts, 20 resources and a wiki page, of which everybody has read two thirds.

## Pages

The floor is the least that a page of this site can be: the same middleware, session and user, one question, and a
ready-made body as large as the unit page ([tests/bench/floor.py](../tests/bench/floor.py)). All are asked for in turns,
by people who opened them a moment ago, so that they are kept ([ADR 26](adr/0026-kept-pages.md)); and where it says so,
at addresses at which they are not, as for whoever comes first or after something changed.

{pages}
## A visit

In Chromium, with the settings of production behind the proxy, with TLS and compression. Bytes are counted on the wire.

{visit}
## Open pages

{open_pages}
## What people do

| What | Measured | To reach |
|---|---|---|
{rows}
"""
BY_HAND = "<!-- What follows is written by hand; `make bench` keeps it. -->"

Row = tuple[str, str, str]


def measured(load: Load) -> list[Row]:
    from tests.bench import crowd
    from tests.bench.pages import unit_page
    from tests.bench.replies import NOTICES, PAGES, notices, replies

    times = replies(load)
    told = notices(load)
    seen = unit_page(load)
    rows = [
        ("A reply, one client, half of them within", f"{at(times, 0.5):.0f} ms", ""),
        (f"A reply, one client, 95 of 100 within ({len(times)} replies)", f"{at(times, 0.95):.0f} ms", "60 ms"),
        (f"A live notice reaches {PAGES} open pages, slowest of {NOTICES}", f"{told[-1] * 1000:.0f} ms", "1,000 ms"),
        (
            f"JavaScript of the unit page, {seen.script_files} files, gzipped",
            f"{seen.script_bytes / 1000:.1f} kB",
            "60 kB",
        ),
        ("HTML of the unit page, gzipped", f"{seen.html_bytes / 1000:.1f} kB", ""),
    ]
    rows += crowd_rows(crowd.figures(load))
    return rows + [(f"Layout shift: {name}", f"{shift:.3f}", "0") for name, shift in seen.shifts]


def crowd_rows(crowd: Figures) -> list[Row]:
    share = crowd.digest_rate / crowd.loop_rate
    return [
        ("One post told to 10,000 members who follow, slowest of 3", f"{crowd.fan_out_s:.1f} s", "5 s"),
        ("Pages of others meanwhile, half of them, slower by", f"{crowd.slower:+.0%}", "20 %"),
        ("Ready-made digests to a local SMTP sink in a plain loop", f"{crowd.loop_rate:.0f} a second", ""),
        ("Digests, written, sent and marked", f"{crowd.digest_rate:.0f} a second, {share:.0%} of that", "60 %"),
        (
            "Memory of the sender after 500 digests, after 1,500 more",
            f"{crowd.memory_few:.0f} MB, {crowd.memory_many:.0f} MB",
            "the same",
        ),
    ]


def at(times: list[float], share: float) -> float:
    """The time in ms within which that share of the sorted times lies."""
    return times[min(len(times) - 1, int(len(times) * share))] * 1000


def main(posts: int) -> None:
    for need in ("postgres", "redis", "chromium", "caddy"):
        if problem := missing(need):
            raise SystemExit(problem)
    begun = time.monotonic()
    with loaded_site(posts) as load:
        own = {name: os.environ[name] for name in ("WEFT_DATA_DIR", "DATABASE_URL", "REDIS_URL")}
        with sites.sites(posts, own) as stands:
            parts = {"pages": sites.speed(stands), "visit": browsed(stands[0], **own).table()}
            parts["open_pages"] = sites.open_pages(stands[0])
        rows = "".join(f"| {what} | {value} | {aim} |\n" for what, value, aim in measured(load))
        page = HEAD.format(
            **parts,
            rows=rows,
            machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
            minutes=(time.monotonic() - begun) / 60,
            posts=posts,
            threads=min(LOAD_THREADS, posts),
            units=UNITS,
            members=MEMBERS,
            seconds=load.seconds,
        )
    print(page)
    if posts >= POSTS:
        PAGE.write_text(page + BY_HAND + PAGE.read_text().partition(BY_HAND)[2])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else POSTS)
