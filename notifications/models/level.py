"""How much somebody wants to hear of a conversation, a place or a community."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    ALL = "all", _("Everything, at once")
    DIGEST = "digest", _("In the digest")
    MENTIONS = "mentions", _("Only what is said to me")
    MUTED = "muted", _("Nothing")


def key_of(subject: Any) -> tuple[int, int]:
    """By what a row of a following names its subject: content type and id."""
    return ContentType.objects.get_for_model(subject).pk, subject.pk


def about(subjects: Sequence[Any]) -> Q:
    """That a row is about one of them."""
    wanted = Q(pk__in=())
    for subject in subjects:
        kind, pk = key_of(subject)
        wanted |= Q(content_type=kind, object_id=pk)
    return wanted


def level_of(rows: dict[tuple[int, int], str], subjects: Sequence[Any], *, has_started: bool = False) -> Level:
    """The level that counts, of what one chose (`rows`) about `subjects`, the narrowest first.

    The narrowest choice wins; without any it is the digest. A conversation that one started is followed at once,
    unless one chose less for it, or wants less than the digest of what is around it.
    """
    chosen = [rows[key] for key in map(key_of, subjects) if key in rows]
    level = Level(chosen[0]) if chosen else Level.DIGEST
    is_own_choice = bool(subjects) and key_of(subjects[0]) in rows
    return Level.ALL if has_started and not is_own_choice and level == Level.DIGEST else level


def levels_of(people: Collection[int], *, subjects: Sequence[Any], started_by: int | None = None) -> dict[int, Level]:
    """Person id → level for `people` about `subjects`: the narrowest first, as `Event.subjects` gives them.
    `started_by` is who began the conversation, where that counts. One query."""
    from .following import Following

    rows: dict[int, dict[tuple[int, int], str]] = {}
    chosen = Following.objects.filter(about(subjects), person__in=people)
    for person, kind, pk, level in chosen.values_list("person", "content_type", "object_id", "level"):
        rows.setdefault(person, {})[kind, pk] = level
    return {p: level_of(rows.get(p, {}), subjects, has_started=p == started_by) for p in people}
