"""A private Weft that people meet: two web processes beside the workers, a database with a standby, and Redis."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chaos.installation import BEATS, ROOT, WORKERS, Installation, Production
from tests.postgres import Server
from tests.replicas.pair import Standby
from tests.serving import Site, free_port, wait_until

WEBS = ("first web", "second web")
DISK_BYTES = 60_000_000


class Durable(Standby):
    """One that waits for its disk, as in production."""

    def __init__(self, folder: Path) -> None:
        Server.__init__(self, folder, {"max_connections": "80", "wal_retrieve_retry_interval": "300ms"})


class Doubled(Production):
    """What was committed stands on the standby, too, before anybody is told."""

    def __init__(self, folder: Path, primary: Durable, standby: Durable) -> None:
        super().__init__(folder, primary)
        self.primary, self.standby = primary, standby
        hosts = ",".join(server.url.partition("@")[2].partition("/")[0] for server in (primary, standby))
        self.environment["DATABASE_URL"] = f"postgres://weft@{hosts}/postgres"

    def wait_for_both(self) -> None:
        self.primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.ask("SELECT pg_reload_conf()")
        wait_until(lambda: self.primary.ask("SELECT sync_state FROM pg_stat_replication") == "sync")

    def promote(self) -> None:
        self.server.stop()
        self.standby.ask("SELECT pg_promote(true, 30)")
        self.server = self.standby

    def set_redis(self, **settings: str | int) -> None:
        from redis import Redis

        for name, value in settings.items():
            Redis(port=self.port).config_set(name.replace("_", "-"), value)


class Served(Installation):
    """Whatever ends is started again, as a supervisor would."""

    base: Doubled

    def __init__(self, folder: Path, base: Doubled) -> None:
        super().__init__(folder, base)
        self.uploads = folder / "uploads"
        self.uploads.mkdir()
        self.ports = dict(zip(WEBS, (free_port(), free_port()), strict=True))
        self.environment |= {"MEDIA_ROOT": str(self.uploads), "DOOR_S": "0"}
        self.environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def start_again(self, name: str) -> None:
        if name not in WEBS:
            return super().start_again(name)
        self.running[name] = subprocess.Popen(
            ["deploy/web"],
            **{"cwd": ROOT, "env": os.environ | self.environment | {"PORT": str(self.ports[name])}},
            **{"stdin": subprocess.DEVNULL, "stdout": self.log, "stderr": self.log, "start_new_session": True},
        )
        return None

    def start_all(self) -> None:
        for name in WEBS:
            self.start_again(name)
        super().start_all()
        for port in self.ports.values():
            wait_until(Site(port).answers, 60)

    def kill(self, name: str) -> None:
        """SIGKILL all of it."""
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start_again(name)

    def check(self) -> None:
        for name in (*WEBS, *WORKERS, *BEATS):
            if self.running[name].poll() is not None:
                self.ended += 1
                print(f"    {name} has ended by itself", flush=True)
                self.start_again(name)

    def wait_while_it_runs(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.check()
            time.sleep(0.1)


@contextmanager
def served() -> Iterator[Served]:
    with ExitStack() as stack:
        made = [stack.enter_context(TemporaryDirectory(prefix=f"weft-{name}-", dir="/tmp")) for name in "cps"]
        folder, *homes = map(Path, made)
        primary, standby = (Durable(home) for home in homes)
        stack.callback(primary.stop)
        stack.callback(standby.stop)
        primary.make()
        primary.start()
        standby.follow(primary)
        standby.start()
        base = Doubled(folder, primary, standby)
        stack.callback(base.stop_redis)
        base.wait_for_both()
        weft = Served(folder, base)
        stack.callback(weft.log.close)
        stack.callback(weft.end_all)
        weft.start_sink()
        yield weft


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own at `folder`, where one may be mounted; gives whether that went."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    is_mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
