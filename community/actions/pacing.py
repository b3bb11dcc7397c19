"""How much somebody puts here in how short a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

HOUR_S = 3600


class TooFast(Exception):
    """More than a person does. `retry_after_s` says when to try again."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


def latest_of(made: Any, at_most: int) -> list[datetime]:
    """When those of `made` (a queryset that knows `since`) of the last hour came to be, the newest first, as many as
    matter."""
    times = made.since(timezone.now() - timedelta(seconds=HOUR_S)).order_by("-created_at")
    return list(times.values_list("created_at", flat=True)[:at_most])


def refuse_if_full(latest: list[datetime], limits: Iterable[tuple[int, int]], kind: type[TooFast] = TooFast) -> None:
    """Raises `kind` when as many were made, at the times `latest`, as one of the `limits` (seconds, number) allows."""
    now = timezone.now()
    for seconds, limit in limits:
        age = (now - latest[limit - 1]).total_seconds() if len(latest) >= limit else seconds
        if age < seconds:
            raise kind(int(seconds - age) + 1)
