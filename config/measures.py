"""What each process counts of its own work, for /health/metrics: how long requests and tasks took, and how many pages
are connected. Processes that share a folder count into files there, so that each of them can tell the sum."""

import fcntl
import logging
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from prometheus_client import CollectorRegistry, Gauge, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus-client looks for it
FILES = {"histogram": 2**21, "gauge_livesum": 2**16}  # bytes
QUICK = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
SLOW = (0.05, 0.25, 1, 5, 20, 60, 300)
logger = logging.getLogger(__name__)


class Slots:
    """Numbers that living processes hold. Who starts takes the first that is free and counts on where the dead one
    stopped, so that there are no more files than there were ever processes at a time, and no sum goes down.

    The locks are POSIX record locks: a forked child does not have its parent's, and takes a number of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pid, self.mine, self.lock = 0, "", None  # type: tuple[int, str, IO[str] | None]
        self.one_at_a_time = threading.Lock()

    def __call__(self) -> str:
        if self.pid != os.getpid():
            with self.one_at_a_time:
                if self.pid != os.getpid():
                    self.take()
        return self.mine

    def take(self) -> None:
        number = 0
        while (lock := _locked(self.folder / f"slot-{number}.lock")) is None:
            number += 1
        _forget_what_was_open(self.folder, str(number))
        for kind, size in FILES.items():
            _lay_out(self.folder / f"{kind}_{number}.db", size)
        self.mine, self.lock, self.pid = str(number), lock, os.getpid()

    def clear_dead(self) -> None:
        """What dead processes had open, isn't any more."""
        mine = self()
        for file in self.folder.glob("slot-*.lock"):
            number = file.stem.partition("-")[2]
            if number != mine and (lock := _locked(file)):
                _forget_what_was_open(self.folder, number)
                lock.close()


def _locked(file: Path) -> IO[str] | None:
    lock = file.open("a")
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # of another process; what can't be locked at all is none of our folders
        lock.close()
        return None
    return lock


def _lay_out(file: Path, size: int) -> None:
    """Written to, since a file is mapped into memory: one that only seems so large kills its process on a full disk."""
    if not file.exists() or file.stat().st_size < size:
        file.write_bytes(bytes(size))


def _forget_what_was_open(folder: Path, number: str) -> None:
    for file in folder.glob(f"gauge_live*_{number}.db"):
        file.unlink(missing_ok=True)


def shared_slots() -> Slots | None:
    """None where the folder can't be used: then each process can tell of itself alone."""
    folder = Path(settings.WATCH.metrics_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        slots = Slots(folder)
        slots()
    except OSError as error:
        logger.warning("No process counts together with others, in %s: %s", folder, error.strerror)
        return None
    os.environ[FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue(slots)  # type: ignore[assignment]
    return slots


OWN = CollectorRegistry()
slots = shared_slots()
REQUESTS = Histogram(
    "weft_request_seconds", "How long requests took", ["view", "method", "status"], buckets=QUICK, registry=OWN
)
TASKS = Histogram("weft_task_seconds", "How long tasks took", ["task", "state"], buckets=SLOW, registry=OWN)
WAITS = Histogram("weft_task_wait_seconds", "How long tasks waited for a worker", ["task"], buckets=SLOW, registry=OWN)
CONNECTED = Gauge("weft_live_connections", "Open pages that are connected", multiprocess_mode="livesum", registry=OWN)
METHODS = {"GET": "GET", "HEAD": "GET", "POST": "POST"}
_known: dict[tuple[str, str, int], Histogram] = {}


def count_request(view: str, method: str, status: int, took_s: float) -> None:
    key = view, METHODS.get(method, "other"), status // 100
    with suppress(OSError):  # a disk that is full keeps nobody from reading
        found = _known.get(key)
        if found is None:
            found = _known[key] = REQUESTS.labels(view, key[1], f"{key[2]}xx")
        found.observe(took_s)


def counted() -> CollectorRegistry:
    """Of all processes that share the folder; else of this one."""
    if slots is None:
        return OWN
    with suppress(OSError):
        slots.clear_dead()
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(slots.folder))  # type: ignore[no-untyped-call]
    return registry
