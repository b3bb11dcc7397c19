"""Pieces of kept pages, drawn once for all readers to whom they show the same."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from .memory import Memory

PIECES = Memory(settings.PAGES_KEPT_BYTES // 2)
HOUR_S, DAY_S = 3600, 24 * 3600


def is_being_kept(context: Mapping[str, Any]) -> bool:
    """Whether this is drawn for a kept page: there its token is a mark, so that it is nobody's own."""
    return bool(PIECES.limit) and getattr(context.get("request"), "keys", None) is not None


def age(at: datetime) -> int | date:
    """Something that stays the same as long as the words do that say how long ago it was, in the reader's zone."""
    seconds = int((timezone.now() - at).total_seconds())
    if 0 <= seconds < HOUR_S:
        return seconds // 60
    return -(seconds // HOUR_S) if 0 <= seconds < DAY_S else timezone.localdate()
