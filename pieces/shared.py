"""Pieces of kept pages, drawn once for all readers to whom they show the same."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .memory import Memory

PIECES = Memory(settings.PAGES_KEPT_BYTES // 2)
HOUR_S, DAY_S = 3600, 24 * 3600

numbers = count(1)


@dataclass(frozen=True, slots=True)
class Piece:
    """`number` stands for all that it shows: each that was ever drawn has another one. What holds it is keyed by it."""

    html: str
    number: int


def is_being_kept(request: HttpRequest | None) -> bool:
    """Whether this is drawn for a kept page: there its token is a mark, so that it is nobody's own."""
    return bool(PIECES.limit) and getattr(request, "is_being_kept", False)


def piece(key: Hashable, draw: Callable[[], str]) -> Piece:
    """What `draw` gives, which says the same to all for whom the `key` is the same."""
    found: Piece | None = PIECES.get(key)
    if found is None:
        found = Piece(draw(), next(numbers))
        PIECES.put(key, found, 2 * len(found.html) + 2_000)
    return found


def age(at: datetime) -> int | date:
    """Something that stays the same as long as the words do that say how long ago it was, in the reader's zone."""
    seconds = int((timezone.now() - at).total_seconds())
    if 0 <= seconds < HOUR_S:
        return seconds // 60
    return -(seconds // HOUR_S) if 0 <= seconds < DAY_S else timezone.localdate()
