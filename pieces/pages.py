"""Whole pages, each kept for its reader while nothing changed of what it was made of."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from .memory import Memory
from .rows import Rows, stamp
from .shared import is_being_kept

KEPT_S = 60  # how far words like “2 h ago” may be behind, and what opens at a time of day
KEPT = Memory(settings.PAGES_KEPT_BYTES)

# What stands in a kept page where each answer has its own. Nobody can guess them, so nobody's words hold them.
TOKEN = secrets.token_hex(32)
KEY = str(uuid4())
READER = secrets.token_hex(16)
MARKS = re.compile(f"({TOKEN}|{KEY}|{READER})".encode())

Context = dict[str, Any]
Built = tuple[Context, Sequence[Rows] | None]


@dataclass(frozen=True)
class Page:
    """The HTML of a page, each second part of which is one of its marks; and what it was made of."""

    parts: list[bytes]
    rows: Sequence[Rows]
    stamp: tuple[Any, ...]
    at: float = field(default_factory=lambda: timezone.now().timestamp())

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) + 64 * len(self.parts) + 2_000 + 300 * len(self.rows)

    def is_as_it_was(self) -> bool:
        return 0 <= timezone.now().timestamp() - self.at < KEPT_S and stamp(self.rows) == self.stamp

    def answer(self, request: HttpRequest) -> HttpResponse:
        """With a token of its own, and with another key for each of its forms."""
        own = {TOKEN.encode(): get_token(request).encode(), READER.encode(): str(request.user.pk).encode()}
        first, numbers, parts = str(uuid4())[:24], count(1), self.parts.copy()
        parts[1::2] = [own.get(mark) or f"{first}{next(numbers):012x}".encode() for mark in parts[1::2]]
        return HttpResponse(b"".join(parts))


def kept(
    request: HttpRequest, template: str, rows: Callable[[], Sequence[Rows]], build: Callable[[], Built | HttpResponse]
) -> Any:
    """The page that `build` gives the context of: from memory, if the same reader got it from the same address a moment
    ago and nothing it was made of has changed since. That is what `rows` gives before it is made, what `build` names
    beside the context (None, and the page is not kept), and what every page shows of its reader. A page that has
    messages for its reader is made anew.

    What decides who may see the page has to be among `rows`; then it is asked of the database each time.
    """
    user: Any = request.user
    if request.method != "GET" or not user.is_authenticated or not KEPT.limit or len(get_messages(request)):
        built = build()
        return built if isinstance(built, HttpResponse) else render(request, template, built[0])
    key = key_of(request, template)
    page: Page | None = KEPT.get(key)
    if page is not None and page.is_as_it_was():
        return page.answer(request)
    first = [*of_reader(user.pk), *rows()]
    before = stamp(first)
    request.is_being_kept = True  # type: ignore[attr-defined]
    built = build()
    if isinstance(built, HttpResponse):
        return built
    context, more = built
    html = render_to_string(template, context | {"csrf_token": TOKEN}, request)
    all_rows = [*first, *(more or ())]
    page = Page(MARKS.split(html.encode()), all_rows, stamp(all_rows) if more is not None else ())
    if page.stamp[: len(before)] == before:  # nobody wrote meanwhile
        KEPT.put(key, page, page.size)
    return page.answer(request)


def key_of(request: HttpRequest, template: str) -> tuple[Any, ...]:
    asked = request.get_host(), request.get_full_path(), request.headers.get("HX-Request", "")
    return template, request.user.pk, *asked, get_language(), request.COOKIES.get("theme", "")


def of_reader(pk: int) -> list[Rows]:
    """What the frame of every page shows, and which communities its reader is in."""
    return [
        Rows("accounts.User", "t.id = %s", (pk,)),
        Rows("accounts.Organisation", "1 = 1"),
        Rows("accounts.HiddenPerson", "t.person_id = %s", (pk,)),
        Rows("community.Membership", "t.user_id = %s", (pk,)),
        Rows("notifications.MailSettings", "t.person_id = %s", (pk,)),
        Rows("notifications.Notification", "t.person_id = %s AND t.read_at IS NULL", (pk,)),
    ]


def new_key(request: HttpRequest | None) -> str:
    """What makes a form's create happen once, however often it is sent: another one in each form of each answer."""
    return KEY if is_being_kept(request) else str(uuid4())


def reader_in(request: HttpRequest | None) -> int | str:
    """What says to the scripts of a page whose it is: their id."""
    user: Any = getattr(request, "user", None)
    return READER if is_being_kept(request) else getattr(user, "pk", None) or ""
