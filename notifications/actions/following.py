"""Saying how much one wants to hear of something."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Following, Level, levels_of

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


def carry_levels(source: Any, target: Any, *, at: datetime, levels: Collection[str] = Level.values) -> None:
    """Let those who chose one of `levels` for the conversation `source` have it for `target`, too, and who began
    `source` go on to hear of everything; what somebody chose for `target` stands. In the caller's transaction.

    `at` is when it was done, by which `take_back_levels` finds it again.
    """
    chosen = dict(Following.objects.about([source]).values_list("person", "level"))
    began = source.told_by_itself
    if began and began not in chosen and began != target.told_by_itself:
        around = [source, *source.place.and_around()]
        chosen |= levels_of([began], subjects=around, started_by=began)
    rows = [(person, level) for person, level in chosen.items() if level in levels]
    carried = [Following(person_id=person, subject=target, level=level, set_at=at) for person, level in rows]
    Following.objects.bulk_create(carried, ROWS_AT_ONCE, ignore_conflicts=True)  # what is there already stands


def take_back_levels(target: Any, *, at: datetime) -> None:
    """Take away what `carry_levels` brought to `target` at that moment, but for what somebody chose anew since."""
    Following.objects.about([target]).filter(set_at=at).delete()
