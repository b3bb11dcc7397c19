"""The connection of one open page. What goes over it are ids and numbers, never words: the page asks for what its
reader may see."""

import asyncio
import json
import re
import time
from collections import deque
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.exceptions import DenyConnection, StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from ..models import Event
from .hub import Watcher, hub

LETTERS_WAITING = 50  # for a slow reader; with more it is let go, connects again and catches up
SEND_S = 10.0
FRAMES_HEARD, FRAMES_S = 20, 10.0  # a page says little; who says more is let go
GONE, TOO_SLOW, TOO_MUCH = 4403, 1013, 1008  # why we close


SIGN = re.compile(r"\d{1,9}-\d{1,19}", re.ASCII)


def bell_in(query: bytes) -> str | None:
    """What a page says that it knows of its reader's bell; None where it says nothing, or nonsense."""
    said = parse_qs(query.decode("latin1")).get("bell", [""])[0]
    return said if SIGN.fullmatch(said) else None


class PageConsumer(AsyncWebsocketConsumer):
    """Tells `{"place": …, "seq": …}` for each event at the place; first of all the newest there is. A page of no place
    is told of the bell alone: to one that says by `?bell=` what it knows of it, `{"bell": …}` when that changes."""

    async def connect(self) -> None:
        place_id = self.scope["url_route"]["kwargs"].get("place_id", 0)
        watcher = await database_sync_to_async(Watcher.of)(self.scope, place_id)
        if watcher is None:
            raise DenyConnection
        self.watcher, self.bell = watcher, bell_in(self.scope["query_string"])
        self.letters: asyncio.Queue[dict[str, Any]] = asyncio.Queue(LETTERS_WAITING)
        self.heard: deque[float] = deque(maxlen=FRAMES_HEARD)
        self.closing: asyncio.Task[None] | None = None
        await self.accept()
        self.sending = asyncio.ensure_future(self.send_letters())
        await hub.join(self)
        newest = await database_sync_to_async(Event.objects.newest_at)(place_id) if place_id else 0
        self.tell(place=place_id, seq=newest, first=True)

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "sending"):
            hub.leave(self)
            self.sending.cancel()
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Nothing that a page says changes what it hears; what is no message of ours is passed over."""
        now = time.monotonic()
        if len(self.heard) == FRAMES_HEARD and now - self.heard[0] < FRAMES_S:
            self.let_go(TOO_MUCH)
        self.heard.append(now)

    def tell(self, **letter: Any) -> None:
        try:
            self.letters.put_nowait(letter)
        except asyncio.QueueFull:
            self.let_go(TOO_SLOW)

    def end(self) -> None:
        """Who may not see the place any more hears nothing more."""
        self.let_go(GONE)

    def let_go(self, code: int) -> None:
        if self.closing is None:
            hub.leave(self)
            self.sending.cancel()
            self.closing = asyncio.ensure_future(self.close(code))

    async def send_letters(self) -> None:
        while True:
            letter = await self.letters.get()
            try:
                await asyncio.wait_for(self.send(json.dumps(letter)), SEND_S)
            except TimeoutError:
                self.let_go(TOO_SLOW)
