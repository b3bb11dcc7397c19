"""Where the time of a page goes: `python -m tests.bench.profile [PAGE] [REQUESTS]` asks for it again and again in this
process, with few posts on PostgreSQL, and prints what took longest and each question to the database.

A page is named as in the table of `tests.bench.speed`; without one it is the unit page."""

import cProfile
import os
import pstats
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.speed import UNIT
from tests.needs import redis_server
from tests.postgres import cluster
from tests.serving import redis

SHOWN = 45


def main(page: str, requests: int) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="weft-profile-") as folder,
        cluster() as database,
        redis(redis_server() or "", Path(folder)) as queue,
    ):
        os.environ |= {"DATABASE_URL": database, "REDIS_URL": queue, "WEFT_DATA_DIR": folder, "WEFT_EMBEDDED": "1"}
        os.environ |= {"SECRET_KEY": "x" * 50, "OUTBOUND_PORTS": "", "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        import django

        django.setup()
        from tests.bench.stage import Stage, fill

        made = fill(1_000)
        stage = Stage(made.community, made.course)
        pages = stage.pages()
        size = len(answer(stage.readers[0], pages[UNIT])().content)
        again = answer(stage.readers[0], pages.get(page, pages[UNIT]))
        floor = answer(stage.readers[0], f"{pages['community']}floor/{size}/")
        asked(again)
        timed = sorted(cpu(again) / cpu(floor) for _ in range(9))
        print(f"{page}: {cpu(again):.1f} ms of this process; the floor {cpu(floor):.1f} ms; {1 / timed[4]:.2f} of it")
        profile(again, requests)


def answer(person: Any, path: str) -> Any:
    """A function that asks for the page as `person`, once it is warm."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(person)

    def ask() -> Any:
        found = client.get(path)
        assert found.status_code == 200, (path, found.status_code)
        return found

    for _ in range(3):
        ask()
    return ask


def asked(ask: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ask()
    for number, query in enumerate(queries.captured_queries, 1):
        print(f"{number:2}. {float(query['time']) * 1000:5.1f} ms  {query['sql'][:300]}")


def cpu(ask: Any) -> float:
    """Milliseconds of this process; the database's own stand beside the questions."""
    times = []
    for _ in range(5):
        begun = time.process_time()
        ask()
        times.append(time.process_time() - begun)
    return min(times) * 1000


def profile(ask: Any, requests: int) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(requests):
        ask()
    profiler.disable()
    stats = pstats.Stats(profiler).strip_dirs()
    for order in ("cumulative", "tottime"):
        stats.sort_stats(order).print_stats(SHOWN)


if __name__ == "__main__":
    words = sys.argv[1:]
    name = next((word for word in words if not word.isdigit()), UNIT)
    main(name, next((int(word) for word in words if word.isdigit()), 50))
