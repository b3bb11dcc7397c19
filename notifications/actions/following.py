"""Saying how much one wants to hear of something."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Following, Level

ROWS_AT_ONCE = 1_000


@transaction.atomic
def follow(*, person: User, subjects: Collection[Any], level: Level | None) -> None:
    """Let `person` hear of each of `subjects` at this level; with None again as of what is around it. Saying it twice
    is saying it once, and the last word counts."""
    if level is None:
        Following.objects.of(person).about(subjects).delete()
        return
    now = timezone.now()
    rows = [Following(person=person, subject=subject, level=level, set_at=now) for subject in subjects]
    write(rows)


def write(rows: Iterable[Following]) -> None:
    Following.objects.bulk_create(
        rows,
        ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["person", "content_type", "object_id"],
        update_fields=["level", "set_at"],
    )
