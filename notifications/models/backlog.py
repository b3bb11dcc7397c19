"""How much waits to be sent, and for how long: what a page for L&D admins and the metrics say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from .delivery import Delivery

State, Kind = Delivery.State, Delivery.Kind
LATE = timedelta(minutes=5)  # of what is due; longer, and somebody should look


@dataclass(frozen=True)
class Backlog:
    """Of one kind: how many are due and not sent, since when the oldest is, how many wait for their time, and how many
    failed."""

    kind: str
    due: int
    oldest_at: datetime | None
    to_come: int
    failed: int

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def age_s(self) -> float:
        return (timezone.now() - self.oldest_at).total_seconds() if self.oldest_at else 0.0

    @property
    def is_late(self) -> bool:
        return self.age_s > LATE.total_seconds()


def backlogs() -> list[Backlog]:
    """One of each kind that has any, in one query; what was sent is not looked at."""
    now = timezone.now()
    undone = Q(state__in=[State.WAITING, State.SENDING])
    due = undone & (Q(due_at__lte=now) | Q(failures__gt=0))
    rows = (
        Delivery.objects.filter(state__in=[State.WAITING, State.SENDING, State.FAILED])
        .annotate(since=first_due())
        .values("kind")
        .annotate(
            n_due=Count("pk", filter=due),
            oldest=Min("since", filter=due),
            n_undone=Count("pk", filter=undone),
            n_failed=Count("pk", filter=Q(state=State.FAILED)),
        )
        .order_by("kind")
    )
    return [
        Backlog(row["kind"], row["n_due"], row["oldest"], row["n_undone"] - row["n_due"], row["n_failed"])
        for row in rows
    ]


def first_due() -> Case:
    """When a delivery was due first: each try that failed put `due_at` off."""
    together = timedelta(minutes=settings.MAIL_TOGETHER_MINUTES)
    planned = models.ExpressionWrapper(F("created_at") + together, output_field=models.DateTimeField())
    waits = Q(failures__gt=0, kind__in=[Kind.AT_ONCE, Kind.PUSH])
    return Case(When(failures=0, then=F("due_at")), When(waits, then=planned), default=F("created_at"))
