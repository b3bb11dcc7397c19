"""Celery's beat, which also says that it is alive: when it is not, no sweep finds what no doorbell announced."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from django.db import Error, connection

from .celery import PULSE_S

logger = logging.getLogger(__name__)


class Scheduler(PersistentScheduler):
    said_at = -PULSE_S

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self.said_at >= PULSE_S:
            self.said_at = time.monotonic()
            give_pulse()
        return super().tick(*args, **kwargs)


def give_pulse() -> None:
    """A database that is away keeps nobody from ringing."""
    from notifications.actions import note_pulse

    try:
        note_pulse("beat")
    except Error:
        logger.warning("Nobody could note that beat is alive: the database is away.")
    finally:
        connection.close()
