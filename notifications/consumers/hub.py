"""The open pages of one process: what happened is read once for all of them, and told to who may see it now."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error

from accounts.models import SignIn
from community.models import Place

from ..models import Bell, Event, Notification

POLL_S = 2.0 if settings.REDIS_URL else 0.4  # what nobody rang for: without Redis, all that other processes do
CHECK_S = 0.8  # between looks whether everybody may still listen
TOGETHER_S = 0.03  # rings that come closer together are one
NOTHING = Bell().sign
KEPT = 1_000  # ids of events that were told, so that none is told twice
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Watcher:
    """Somebody who has a page of a place open, or one of no place (0), and the sign-in by which they do."""

    place_id: int
    sign_in: SignIn

    @classmethod
    def of(cls, scope: dict[str, Any], place_id: int) -> "Watcher | None":
        """Who connects, if they may see the place, or are signed in where there is none; else None."""
        user = scope["user"]
        may = Place.objects.visible_to(user).numbered(place_id).exists() if place_id else user.is_authenticated
        if not may:
            return None
        return cls(place_id, SignIn(user.pk, scope["session"].session_key, user.password))


class Socket(Protocol):
    watcher: Watcher
    bell: str | None  # what its page knows of what is unread to its reader; None where it doesn't ask

    def tell(self, **letter: Any) -> None: ...

    def end(self) -> None: ...


class Hub:
    """Sockets come and go in one event loop; `ring` may be called from any thread."""

    def __init__(self) -> None:
        self.sockets: dict[int, set[Socket]] = defaultdict(set)  # by place
        self.listen: Callable[[Callable[[int], None]], Awaitable[None]] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def join(self, socket: Socket) -> None:
        """Tell `socket` what happens at its place from now on."""
        self.sockets[socket.watcher.place_id].add(socket)
        if self.is_idle:
            self._loop = asyncio.get_running_loop()
            self._rung, self._ready = asyncio.Event(), asyncio.Event()
            self._task = self._loop.create_task(self._run())
        await self._ready.wait()

    def leave(self, socket: Socket) -> None:
        at_place = self.sockets.get(socket.watcher.place_id, set())
        at_place.discard(socket)
        if not at_place:
            self.sockets.pop(socket.watcher.place_id, None)
            self._rung.set()

    @property
    def is_idle(self) -> bool:
        return self._task is None or self._task.done()

    def ring(self, place_id: int) -> None:
        if place_id in self.sockets and self._loop:
            with suppress(RuntimeError):  # the loop has just ended, and so have its pages
                self._loop.call_soon_threadsafe(self._rung.set)

    async def _run(self) -> None:
        """For as long as a page is open. A database that is away is asked again; the pages stay connected."""
        listening = asyncio.ensure_future(self.listen(self.ring)) if self.listen else None
        news = News()
        try:
            while self.sockets:
                try:
                    await self._look(news)
                    self._ready.set()
                except Error:
                    logger.warning("Could not look for what is new.", exc_info=True)
                    await asyncio.sleep(CHECK_S)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._rung.wait(), POLL_S)
                await asyncio.sleep(TOGETHER_S)
                self._rung.clear()
        finally:
            if listening:
                listening.cancel()

    async def _look(self, news: "News") -> None:
        places = {place: list(sockets) for place, sockets in self.sockets.items()}
        everybody = {socket.watcher for sockets in places.values() for socket in sockets}
        found, allowed, bells = await database_sync_to_async(news.look)(everybody)
        for seq, place in found:
            for socket in places.get(place, ()):
                if socket.watcher in allowed:
                    socket.tell(place=place, seq=seq)
        if news.has_checked:
            for socket in (socket for sockets in places.values() for socket in sockets):
                if socket.watcher not in allowed:
                    socket.end()
                elif socket.bell is not None:
                    ring_the_bell(socket, bells.get(socket.watcher.sign_in.user_id, NOTHING))


def ring_the_bell(socket: Socket, sign: str) -> None:
    """Tell a page once that something else is unread now: something new came, or was read elsewhere."""
    if socket.bell != sign:
        socket.bell = sign
        socket.tell(bell=sign)


class News:
    """What was told so far. `look` runs in a thread of the database's."""

    def __init__(self) -> None:
        self.last: int | None = None  # the newest event's id
        self.told: dict[int, None] = {}  # in order, the newest KEPT
        self.checked_at = 0.0
        self.has_checked = False

    def look(self, watchers: set[Watcher]) -> tuple[list[tuple[int, int]], set[Watcher], dict[int, str]]:
        """Ids and places of what happened since the last look where somebody watches, and who of them may see it now.
        Every CHECK_S that is asked for all of them, with what is unread to each; else only where something happened."""
        found = self.since_last({watcher.place_id for watcher in watchers})
        self.has_checked = time.monotonic() - self.checked_at >= CHECK_S
        if self.has_checked:
            self.checked_at = time.monotonic()
        places = {watcher.place_id for watcher in watchers} if self.has_checked else {place for _, place in found}
        allowed = self.allowed({watcher for watcher in watchers if watcher.place_id in places})
        people = {watcher.sign_in.user_id for watcher in allowed} if self.has_checked else set()
        return found, allowed, Notification.objects.bells_of(people) if people else {}

    def since_last(self, places: set[int]) -> list[tuple[int, int]]:
        """What was there when the first page came is taken as told."""
        newest, before = Event.objects.newest(), self.last
        rows = list(Event.objects.after(newest if before is None else before, places=places))
        found = [row for row in rows if row[0] not in self.told]
        self.last = max(before or 0, newest)
        self.told |= dict.fromkeys(seq for seq, _ in found)
        for seq in list(self.told)[:-KEPT]:
            del self.told[seq]
        return [] if before is None else found

    @staticmethod
    def allowed(watchers: set[Watcher]) -> set[Watcher]:
        if not watchers:
            return set()
        lasting = SignIn.lasting({watcher.sign_in for watcher in watchers})
        places = Place.objects.filter(pk__in={watcher.place_id for watcher in watchers})
        readers = places.seen_by({sign_in.user_id for sign_in in lasting})
        seen = {w for w in watchers if not w.place_id or (w.place_id, w.sign_in.user_id) in readers}
        return {watcher for watcher in seen if watcher.sign_in in lasting}


hub = Hub()
