"""Celery's messages in plain files, for an installation without Redis. One machine only. See docs/adr/0005.

A message is a file, and every step is one atomic rename: written under a temporary name and renamed into its queue;
taken by renaming it into the in-flight folder of the process that works on it; deleted once acknowledged. So nobody
reads half a message, no two processes get the same one, and what a dead process had taken can be given back.

    broker/queues/<queue>/<time>-<uuid>.json
    broker/in-flight/<pid>-<uuid>/<queue>/<time>-<uuid>.json
    broker/in-flight/<pid>-<uuid>.lock      locked for as long as that process lives
"""

import fcntl
import logging
import os
import threading
import time
import uuid
from collections import deque
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import IO, Any

from django.conf import settings
from kombu.transport import virtual
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)

RETURN_EVERY_S = 10.0  # how often a consumer looks for what dead processes left
_desks: dict[Path, "Desk"] = {}
_desks_lock = threading.Lock()


class Desk:
    """The in-flight folder of this process, and the lock that shows that it lives.

    It is a POSIX record lock: the kernel lets go of it when the process dies, a forked child does not hold it, and a
    process id that is used again does not look alive.
    """

    def __init__(self, root: Path) -> None:
        self.pid = os.getpid()
        self.folder = root / "in-flight" / f"{self.pid}-{uuid.uuid4().hex}"
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.lock = self.folder.with_suffix(".lock").open("w")
        fcntl.lockf(self.lock, fcntl.LOCK_EX)
        self.folder.mkdir()  # after the lock, so that nobody finds this folder without its lock

    @classmethod
    def of_this_process(cls, root: Path) -> "Desk":
        with _desks_lock:
            desk = _desks.get(root)
            if desk is None or desk.pid != os.getpid() or not desk.folder.exists():
                desk = _desks[root] = cls(root)
            return desk


class Channel(virtual.Channel):
    """Direct queues in folders; that is all that Weft's tasks need."""

    from_transport_options = (*virtual.Channel.from_transport_options, "folder")
    folder: str | Path | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = Path(self.folder or settings.BROKER_DIR)
        self._waiting: dict[str, deque[str]] = {}  # file names seen in the last look at each queue, oldest first
        self._taken: dict[str, Path] = {}  # delivery tag -> its file in flight
        self._returned_at = -RETURN_EVERY_S

    def _queue(self, queue: str) -> Path:
        if queue != Path(queue).name or queue.startswith("."):
            raise ValueError(f"{queue!r} can't be the name of a queue")
        return self.root / "queues" / queue

    # --- What kombu calls -------------------------------------------------------------------------------------

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        self._queue(queue).mkdir(parents=True, exist_ok=True)

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return self._queue(queue).is_dir()

    def _put(self, queue: str, message: dict, **kwargs: Any) -> None:
        target = self._queue(queue) / f"{time.time_ns():020d}-{uuid.uuid4().hex}.json"
        draft = target.with_suffix(".draft")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(dumps(message), encoding="utf-8")
        draft.rename(target)

    def _get(self, queue: str, timeout: float | None = None) -> dict:
        waiting = self._waiting.setdefault(queue, deque())
        if not waiting:
            self._return_from_the_dead()
            waiting.extend(self._names(queue))
        while waiting:
            message = self._take(queue, waiting.popleft())
            if message is not None:
                return message
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._names(queue))

    def _purge(self, queue: str) -> int:
        return sum(_unlinked(self._queue(queue) / name) for name in self._names(queue))

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        self._purge(queue)
        with suppress(OSError):  # another process may have put a message into it meanwhile
            self._queue(queue).rmdir()

    def _restore(self, message: Any) -> None:
        """Give a message that was taken, and not done, back to its queue."""
        file = self._taken.pop(message.delivery_tag, None)
        if file is not None:
            _give_back(file, self._queue(file.parent.name))

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        super().basic_ack(delivery_tag, multiple)
        self._done(delivery_tag)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue)  # with `requeue` it calls _restore
        self._done(delivery_tag)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> Any:
        message = super().basic_get(queue, no_ack, **kwargs)
        if message is not None and no_ack:
            self._done(message.delivery_tag)
        return message

    def basic_consume(self, queue: str, no_ack: bool, callback: Any, consumer_tag: str, **kwargs: Any) -> None:
        def deliver_and_forget(message: Any) -> None:
            self._done(message.delivery_tag)
            callback(message)

        super().basic_consume(queue, no_ack, deliver_and_forget if no_ack else callback, consumer_tag, **kwargs)

    # --- Files ------------------------------------------------------------------------------------------------

    def _names(self, queue: str) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._queue(queue)) if name.endswith(".json"))
        except FileNotFoundError:
            return []

    def _take(self, queue: str, name: str) -> dict | None:
        """The message of that name, now in flight; None if another process was quicker or it can't be read."""
        mine = Desk.of_this_process(self.root).folder / queue / name
        mine.parent.mkdir(exist_ok=True)
        try:
            (self._queue(queue) / name).rename(mine)
        except FileNotFoundError:
            return None
        try:
            message = loads(mine.read_text(encoding="utf-8"))
            self._taken[message["properties"]["delivery_tag"]] = mine
        except (ValueError, KeyError, TypeError):
            log.error("A message in %s can't be read; it is kept as %s.unreadable", queue, name)
            mine.rename(self._queue(queue) / f"{name}.unreadable")
            return None
        return message

    def _done(self, delivery_tag: str) -> None:
        file = self._taken.pop(delivery_tag, None)
        if file is not None:
            _unlinked(file)

    def _return_from_the_dead(self) -> None:
        if time.monotonic() - self._returned_at < RETURN_EVERY_S:
            return
        self._returned_at = time.monotonic()
        own = Desk.of_this_process(self.root).folder
        for folder in own.parent.iterdir():
            if folder.is_dir() and folder != own:
                self._clear_if_dead(folder)

    def _clear_if_dead(self, folder: Path) -> None:
        lock = folder.with_suffix(".lock")
        with suppress(FileNotFoundError), lock.open("r+") as file:
            if not _locked(file):
                return  # its process lives
            for queue in list(folder.iterdir()):
                for left in list(queue.iterdir()):
                    _give_back(left, self._queue(queue.name))
                queue.rmdir()
            folder.rmdir()
            lock.unlink()


class Transport(virtual.Transport):
    """`weft-files://`, by the name that config/celery.py gives it; its folder is `settings.BROKER_DIR`."""

    Channel = Channel
    driver_type = driver_name = "files"
    polling_interval = 0.2
    implements = virtual.Transport.implements.extend(exchange_type=frozenset(["direct"]))
    connection_errors = (*virtual.Transport.connection_errors, OSError)

    def driver_version(self) -> str:
        return "1"

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """Between two calls the worker looks whether it was asked to stop; celery would wait two seconds."""
        super().drain_events(connection, timeout and min(timeout, 0.5))


def _give_back(file: Path, queue: Path) -> None:
    queue.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        file.rename(queue / file.name)


def _unlinked(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
