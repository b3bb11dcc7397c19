"""`python -m tests.postgres COMMAND …` runs a command with DATABASE_URL set to a private PostgreSQL, gone afterwards.

It listens on a socket in a temporary folder only, so it needs no free port and no password, and nobody else can reach
it. PostgreSQL refuses to run as root; there it runs as `postgres` or `nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

from tests.needs import missing, postgres

# Nothing here has to outlive a crash, so nothing waits for the disk.
PATIENCE_S = 5  # for a command that was interrupted
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL can't run as root, and there is no user `postgres` or `nobody` here.")


class Server:
    """A PostgreSQL in `folder`, which has its data."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder, self.url = folder, f"postgres://weft@{quote(str(folder), safe='')}/postgres"
        self.quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "cwd": folder, "start_new_session": True}
        self.quiet |= _other_user()
        self.options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        self.give_away()
        initdb = [programs() / "initdb", "-D", self.folder / "data", "-U", "weft", "-A", "trust"]
        made = subprocess.run([*initdb, "-E", "UTF8", "--locale=C", "-N"], **self.quiet, capture_output=True, text=True)
        if made.returncode:
            raise SystemExit(f"initdb failed: {made.stderr}")

    def give_away(self) -> None:
        """The folder, to the user as whom it runs."""
        if "user" in self.quiet:
            os.chown(self.folder, self.quiet["user"], self.quiet["group"])

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "", *self.options],
                **self.quiet,
                stdout=log,
                stderr=log,
            )
        self._wait_for(self.process)

    def stop(self) -> None:
        """At once, as in a crash: what was committed is there again after the next start of a durable one."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait_for(self, server: subprocess.Popen[bytes]) -> None:
        ready = self.folder / "data" / "postmaster.pid"
        for _ in range(300):
            lines = ready.read_text().split() if ready.exists() else []
            if {"ready", "standby"} & set(lines) and lines[0] == str(server.pid):  # not what a crash left there
                return
            if server.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")


def programs() -> Path:
    return Path(postgres() or "")


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A running PostgreSQL. It is stopped and removed whatever happens inside. A durable one waits for its disk, as in
    production."""
    folder = Path(tempfile.mkdtemp(prefix="weft-pg-", dir="/tmp"))  # short: a socket's path may have 100 characters
    server = Server(folder, {"max_connections": "60"} | ({} if durable else FAST))
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()  # at once: the data goes anyway
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The URL of a PostgreSQL that runs inside."""
    with running(durable=durable) as server:
        yield server.url


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    if problem := missing("postgres"):
        raise SystemExit(problem)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with it ignored
    try:
        with cluster() as url:
            return _run(command, url)
    except KeyboardInterrupt:  # just as the command began; the terminal sent it to that one, too
        return 128 + signal.SIGINT


def _run(command: list[str], url: str) -> int:
    child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    try:
        return child.wait()
    except KeyboardInterrupt:  # the terminal sent it to the child too, which may ignore it
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE_S)
        # Not the child's own status: it is lost, and reads as 0, if the interrupt came just as it was collected.
        return 128 + signal.SIGINT
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
