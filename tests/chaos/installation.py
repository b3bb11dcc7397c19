"""A private Weft: database, broker, mail server, workers and two beats, which can be hurt one by one."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests import postgres
from tests.chaos.sink import Journal
from tests.needs import redis_server
from tests.serving import Site, free_port, wait_until

ROOT = Path(__file__).parents[2]
SECONDS, SHARE = 0.25, 0.03  # that the mail server takes for a mail; of its connections that drop
WORKERS = {"worker": ("celery", 2), "mail worker": ("outbound,mail", 2)}
BEATS = ("first beat", "second beat")


ENDED_MAX = 4  # by themselves


class Broken(Exception):
    """The run can't go on."""


class Embedded:
    """SQLite, and a broker of files: neither has a process that could end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"DATABASE_URL": f"sqlite:///{folder / 'weft.sqlite3'}"}

    def empty_broker(self) -> None:
        for file in self.folder.joinpath("broker", "queues").glob("*/*.json"):
            file.unlink(missing_ok=True)

    def restart_broker(self) -> None:
        """All that a broker without a process can lose: what waits, and what is under way."""
        self.empty_broker()
        for file in self.folder.joinpath("broker", "in-flight").glob("*/*/*.json"):
            file.unlink(missing_ok=True)

    def restart_database(self) -> None:
        """Nobody may write for as long as a database needs to come back."""
        held = sqlite3.connect(self.folder / "weft.sqlite3", timeout=20, isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        time.sleep(3)
        held.execute("ROLLBACK")
        held.close()


class Production:
    """PostgreSQL that waits for its disk, and Redis that keeps nothing."""

    def __init__(self, folder: Path, server: postgres.Server) -> None:
        self.folder, self.server, self.port = folder, server, free_port()
        address = f"redis://127.0.0.1:{self.port}/0"
        self.environment = {"DATABASE_URL": server.url, "REDIS_URL": address}
        self.redis: subprocess.Popen[bytes] | None = None
        self.start_redis()

    def start_redis(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        self.redis = subprocess.Popen([redis_server() or "redis-server", *options], **quiet)
        wait_until(Site(self.port).answers)

    def stop_redis(self) -> None:
        if self.redis:
            self.redis.kill()
            self.redis.wait()

    def empty_broker(self) -> None:
        from redis import Redis

        Redis(port=self.port).flushall()

    def restart_broker(self) -> None:
        self.stop_redis()
        time.sleep(2)
        self.start_redis()

    def restart_database(self) -> None:
        from django.db import connections

        self.server.stop()
        time.sleep(2)
        self.server.start()
        connections.close_all()  # our own, which it has forgotten


class Installation:
    """The processes of a Weft on `base`, each in a session of its own. `ahead_s` is how far their clock is ahead."""

    def __init__(self, folder: Path, base: Embedded | Production) -> None:
        self.folder, self.base, self.chance = folder, base, random.Random(26)
        self.journal, self.sink_port, self.ahead_s = Journal(folder / "mail.jsonl"), free_port(), 0.0
        self.killed, self.ended = 0, 0  # by us, and by themselves
        self.log = (folder / "log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **{"WEFT_DATA_DIR": str(folder), "WEFT_EMBEDDED": "1", "SECRET_KEY": "for-chaos-only-" + "x" * 40},
            **{"EMAIL_URL": f"smtp://127.0.0.1:{self.sink_port}", "OUTBOUND_PORTS": "", "MAIL_TOGETHER_MINUTES": "0"},
            **{"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "WARNING"},
            **base.environment,
        }

    def start(self, name: str, *arguments: str) -> None:
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            **{"cwd": ROOT, "env": os.environ | self.environment, "start_new_session": True},
            **{"stdin": subprocess.DEVNULL, "stdout": self.log, "stderr": self.log},
        )

    def start_sink(self) -> None:
        paths = (str(self.sink_port), str(self.journal.path), str(SECONDS), str(SHARE))
        self.start("mail server", "tests.chaos.sink", *paths)
        wait_until(Site(self.sink_port).answers)

    def start_worker(self, name: str) -> None:
        queue, children = WORKERS[name]
        options = (
            "--queues",
            queue,
            "--hostname",
            f"{queue.partition(',')[0]}@%h",
            "--concurrency",
            str(children),
            "--pool",
            "prefork",
        )
        self.start(name, "tests.chaos.process", str(self.ahead_s), "worker", *options)

    def start_beat(self, name: str) -> None:
        schedule = str(self.folder / name.replace(" ", "-"))
        self.start(name, "tests.chaos.process", str(self.ahead_s), "beat", "--schedule", schedule)

    def start_again(self, name: str) -> None:
        (self.start_worker if name in WORKERS else self.start_beat)(name)

    def start_all(self) -> None:
        for name in (*WORKERS, *BEATS):
            self.start_again(name)

    def end_all(self, *, but: tuple[str, ...] = ()) -> None:
        for name in [name for name in self.running if name not in but]:
            process = self.running.pop(name)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its children, too: the run is over
            process.wait()

    def kill_a_sender(self) -> str:
        """SIGKILL a worker, or one of its children; what a supervisor starts again is started again."""
        name = self.chance.choices([*WORKERS], weights=[1, 3])[0]
        parent = self.running[name].pid
        children = children_of(parent)
        victim = self.chance.choice([parent, *children, *children])
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            self.killed += 1
        if victim == parent:
            self.running[name].wait()
            self.start_again(name)
        return f"{name}, {'the parent' if victim == parent else 'a child'}"

    def check(self) -> None:
        """What ended by itself is started again, as supervisors do: kombu ends a worker whose Redis goes away just as
        it takes something. Raises Broken when it can't be."""
        for name, process in [*self.running.items()]:
            if process.poll() is None:
                continue
            if self.ended > ENDED_MAX or name not in (*WORKERS, *BEATS):
                raise Broken(f"The {name} has ended by itself: {self.last_words()}")
            print(f"  {name} has ended by itself", flush=True)
            self.ended += 1
            self.start_again(name)

    def last_words(self) -> str:
        return self.folder.joinpath("log").read_text(errors="replace")[-3_000:]


def children_of(pid: int) -> list[int]:
    lines = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True).stdout.splitlines()
    return [int(child) for child, parent in map(str.split, lines) if int(parent) == pid]


@contextmanager
def installed(kind: str) -> Iterator[Installation]:
    """A Weft of this kind, `embedded` or `production`, with its mail server and nothing else running yet. All of it is
    gone afterwards."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="weft-chaos-", dir="/tmp"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        base: Embedded | Production = Embedded(folder)
        if kind == "production":
            base = Production(folder, stack.enter_context(postgres.running(durable=True)))
            stack.callback(base.stop_redis)
        weft = Installation(folder, base)
        stack.callback(weft.log.close)
        stack.callback(weft.end_all)
        weft.start_sink()
        yield weft
