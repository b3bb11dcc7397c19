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


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running PostgreSQL; gives its URL. It is stopped and removed whatever happens inside. A durable one waits for
    its disk, as in production."""
    programs = Path(postgres() or "")
    folder = Path(tempfile.mkdtemp(prefix="weft-pg-", dir="/tmp"))  # short: a socket's path may have 100 characters
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "cwd": folder, "start_new_session": True, **_other_user()}
    server: subprocess.Popen[bytes] | None = None
    try:
        if "user" in quiet:
            os.chown(folder, quiet["user"], quiet["group"])
        made = subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "weft", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            **quiet,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise SystemExit(f"initdb failed: {made.stderr}")
        settings = {"max_connections": "60"} | ({} if durable else FAST)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *options],
                **quiet,
                stdout=log,
                stderr=log,
            )
        _wait_for(server, folder)
        yield f"postgres://weft@{quote(str(folder), safe='')}/postgres"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: the data goes anyway
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    ready = folder / "data" / "postmaster.pid"
    for _ in range(300):
        if ready.exists() and "ready" in ready.read_text():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    if problem := missing("postgres"):
        raise SystemExit(problem)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with it ignored
    with cluster() as url:
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
