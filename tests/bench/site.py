"""A private PostgreSQL that waits for its disk, a private Redis, load data in them, and the web process before them."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.stage import fill
from tests.postgres import cluster
from tests.serving import Site, free_port, redis, wait_until

ROOT = Path(__file__).parents[2]


@dataclass
class Load:
    """A running site with its load data."""

    site: Site
    community: Any
    seconds: float  # that writing the data took

    def members(self) -> list[Any]:
        return [membership.user for membership in self.community.memberships.select_related("user").order_by("pk")]


@contextmanager
def loaded_site(posts: int) -> Iterator[Load]:
    import django

    from tests.needs import redis_server

    with (
        tempfile.TemporaryDirectory(prefix="weft-bench-") as folder,
        cluster(durable=True) as database,
        redis(redis_server() or "", Path(folder)) as queue,
    ):
        port = free_port()
        os.environ |= {
            "DATABASE_URL": database,
            "REDIS_URL": queue,
            "WEFT_DATA_DIR": folder,
            "WEFT_EMBEDDED": "1",  # plain http on loopback; the database and Redis are the real ones
            "SECRET_KEY": "for-measuring-only-" + "x" * 40,
            "SITE_URL": f"http://localhost:{port}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        django.setup()
        made = fill(posts)
        with served(port) as site:
            yield Load(site, made.community, sum(seconds for _name, _rows, seconds in made.steps))


@contextmanager
def served(port: int) -> Iterator[Site]:
    """The web process that `make run` starts, with what it says of its requests unread but taken."""
    from config.management.commands.run import _web

    process = subprocess.Popen(_web(port), cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = threading.Thread(target=lambda: sys.stderr.buffer.writelines(process.stderr or ()), daemon=True)
    said.start()
    site = Site(port)
    try:
        wait_until(site.answers)
        yield site
    finally:
        process.terminate()
        process.wait(10)
