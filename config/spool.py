"""Messages in files: every step is one atomic rename, so nobody reads half a message and no two get the same one.

<root>/queues/<queue>/<time>-<uuid>.json                    waiting
<root>/in-flight/<pid>-<uuid>/<queue>/<time>-<uuid>.json    taken by that process, and not done yet
<root>/in-flight/<pid>-<uuid>.lock                          locked for as long as that process lives
"""

import fcntl
import os
import threading
import time
import uuid
from collections import defaultdict, deque
from contextlib import suppress
from pathlib import Path
from typing import IO

RETURN_EVERY_S = 10.0  # how often a process that takes messages looks for what dead ones left


class Spool:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: dict[str, deque[str]] = defaultdict(deque)  # names found in the last look, oldest first
        self._looked_for_dead_at = -RETURN_EVERY_S

    def queue(self, name: str) -> Path:
        if name != Path(name).name or name.startswith("."):
            raise ValueError(f"{name!r} can't be the name of a queue")
        return self.root / "queues" / name

    def put(self, queue: str, text: str) -> None:
        target = self.queue(queue) / f"{time.time_ns():020d}-{uuid.uuid4().hex}.json"
        draft = target.with_suffix(".draft")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.rename(target)

    def take(self, queue: str) -> Path | None:
        """The oldest message, now in flight with this process; None if none is waiting."""
        seen = self._seen[queue]
        if not seen:
            self._return_what_the_dead_left()
            seen.extend(self.waiting(queue))
        while seen:
            name = seen.popleft()
            mine = _desk(self.root).folder / queue / name
            mine.parent.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):  # another process was quicker
                (self.queue(queue) / name).rename(mine)
                return mine
        return None

    def done(self, file: Path) -> None:
        file.unlink(missing_ok=True)

    def give_back(self, file: Path) -> None:
        """Put a message in flight back into its queue, at the place its age gives it."""
        queue = self.queue(file.parent.name)
        queue.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            file.rename(queue / file.name)

    def set_aside(self, file: Path) -> Path:
        """Keep a message that can't be read where nobody takes it, for a person to look at."""
        return file.rename(self.queue(file.parent.name) / f"{file.name}.unreadable")

    def waiting(self, queue: str) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self.queue(queue)) if name.endswith(".json"))
        except FileNotFoundError:
            return []

    def purge(self, queue: str) -> int:
        names = self.waiting(queue)
        for name in names:
            self.queue(queue).joinpath(name).unlink(missing_ok=True)
        return len(names)

    def _return_what_the_dead_left(self) -> None:
        if time.monotonic() - self._looked_for_dead_at < RETURN_EVERY_S:
            return
        self._looked_for_dead_at = time.monotonic()
        own = _desk(self.root).folder
        for folder in own.parent.iterdir():
            if folder.is_dir() and folder != own:
                self._clear_if_dead(folder)

    def _clear_if_dead(self, folder: Path) -> None:
        lock = folder.with_suffix(".lock")
        with suppress(FileNotFoundError), lock.open("r+") as file:  # not found: another process has just cleared it
            if not _could_lock(file):
                return  # its process lives
            for queue in list(folder.iterdir()):
                for left in list(queue.iterdir()):
                    self.give_back(left)
                queue.rmdir()
            folder.rmdir()
            lock.unlink()


class Desk:
    """The in-flight folder of one process, and the lock that shows that it lives.

    It is a POSIX record lock: the kernel lets go of it when the process dies however it dies, a forked child does not
    hold it, and a process id that is used again does not look alive.
    """

    def __init__(self, root: Path) -> None:
        self.pid = os.getpid()
        self.folder = root / "in-flight" / f"{self.pid}-{uuid.uuid4().hex}"
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.lock = self.folder.with_suffix(".lock").open("w")
        fcntl.lockf(self.lock, fcntl.LOCK_EX)
        self.folder.mkdir()  # after the lock, so that nobody finds this folder without it


_desks: dict[Path, Desk] = {}
_one_at_a_time = threading.Lock()


def _desk(root: Path) -> Desk:
    """This process's own; a forked child makes itself a new one."""
    with _one_at_a_time:
        desk = _desks.get(root)
        if desk is None or desk.pid != os.getpid() or not desk.folder.exists():
            desk = _desks[root] = Desk(root)
        return desk


def _could_lock(file: IO[str]) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
