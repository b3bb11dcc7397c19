"""How long a queue of the broker is, and how old what is next in it."""

import json
import time
from contextlib import suppress
from typing import Any

from .errands import RUNG_AT


def waiting_in(channel: Any, queue: str) -> tuple[int, float]:
    """Length, and age in seconds of the oldest message where the broker lets somebody look at it; else 0."""
    length = channel._size(queue) if hasattr(channel, "_size") else 0
    return length, _age_s(channel, queue) if length else 0.0


def _age_s(channel: Any, queue: str) -> float:
    rung_at = 0.0
    if hasattr(channel, "spool"):  # our own files: their names begin with the time
        rung_at = min((int(name.partition("-")[0]) / 1e9 for name in channel.spool.waiting(queue)), default=0.0)
    elif hasattr(channel, "client") and (next_one := channel.client.lindex(queue, -1)):  # Redis
        with suppress(ValueError, KeyError, TypeError):
            rung_at = json.loads(next_one)["headers"][RUNG_AT]
    return max(0.0, time.time() - rung_at) if rung_at else 0.0
