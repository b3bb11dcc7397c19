"""The site as people meet it: pages and live connections from one server. `site` is this process's own, on the test's
database; `another_process()` is one beside it, as a second machine or worker would be."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import Client
from websockets.sync.client import ClientConnection, connect

SERVED = """
import sys
import uvicorn
from config.asgi import application
from notifications.consumers import hub
hub.POLL_S = float(sys.argv[2]) or hub.POLL_S
uvicorn.run(application, port=int(sys.argv[1]), log_level="error", lifespan="off")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """Where a server is, and how somebody's page connects to it."""

    def __init__(self, port: int) -> None:
        self.port, self.url = port, f"http://localhost:{port}"
        self.process: subprocess.Popen[bytes] | None = None  # where it is one of the test's own

    def cookie_of(self, person: Any) -> str:
        client = Client()
        if person is not None:
            client.force_login(person)
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def connect(
        self, person: Any, place: Any = None, *, origin: str | None = "", cookie: str = "", bell: str = ""
    ) -> ClientConnection:
        """Somebody's page of a place, or of none; one that knows `bell` is told of the bell, too. Raises InvalidStatus
        when it is refused."""
        path = f"{getattr(place, 'pk', place)}/" if place is not None else ""
        page = connect(
            f"ws://localhost:{self.port}/live/{path}{bell and f'?bell={bell}'}",
            origin=self.url if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookie or self.cookie_of(person)},
            proxy=None,
            open_timeout=20,
        )
        return page

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def longer(seconds: float) -> float:
    """What may take `seconds`, or as much more as others keep the machine busy."""
    return seconds * max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


def soon_s() -> float:
    """Within which an open page hears of things."""
    return longer(2)


def wait_until(done: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def served() -> Iterator[Site]:
    from config.asgi import application

    connection.settings_dict["CONN_MAX_AGE"] = 0  # or the test database could not be dropped
    port = free_port()
    limits = {"ws_max_size": 64 * 1024, "ws_per_message_deflate": False, "timeout_graceful_shutdown": 2}
    server = uvicorn.Server(
        uvicorn.Config(application, port=port, log_config=None, lifespan="off", **limits)  # type: ignore[arg-type]
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    yield Site(port)
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def all_answered(transactional_db: None) -> Iterator[None]:
    """Done with only when every request is, and the test's database may go: a thread goes on a little after its answer
    is out, and pages save drafts as they close."""
    under_way = []

    def begin(**_: Any) -> None:
        under_way.append(1)

    def end(**_: Any) -> None:
        if under_way:  # else it began before this test did
            under_way.pop()

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    wait_until(lambda: not under_way)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def site(served: Site, all_answered: None) -> Iterator[Site]:
    from notifications.consumers.hub import hub

    yield served
    wait_until(lambda: hub.is_idle)


@contextmanager
def another_process(*, poll_s: float = 0, **environment: str) -> Iterator[Site]:
    """A process of its own that serves the test's database; `poll_s` changes how often it looks by itself."""
    site = Site(free_port())
    command = [sys.executable, "-c", SERVED, str(site.port), str(poll_s)]
    given = os.environ | {"DATABASE_URL": database_url(), **environment}
    site.process = process = subprocess.Popen(command, env=given, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)
    try:
        wait_until(site.answers)
        yield site
    finally:
        process.terminate()
        process.wait(60)


def database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@{quote(given['HOST'], safe='')}/{given['NAME']}"


@contextmanager
def redis(program: str, folder: Path) -> Iterator[str]:
    """A Redis of the test's own; gives its URL."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_until(Site(port).answers)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(60)
