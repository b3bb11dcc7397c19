"""How much somebody wants to hear of a conversation, a place or a community."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MANY = 500  # people: rather than naming more to the database, all are asked for


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
    keys = [key_of(subject) for subject in subjects]
    around = next((rows[key] for key in keys[1:] if key in rows), Level.DIGEST)
    return counted(rows.get(keys[0]) if keys else None, around, has_started=has_started)


def counted(chosen: str | None, around: str, *, has_started: bool) -> Level:
    """The level that counts where somebody `chose` one, or None, and `around` counts."""
    if chosen:
        return Level(chosen)
    return Level.ALL if has_started and around == Level.DIGEST else Level(around)


def levels_of(people: Collection[int], *, subjects: Sequence[Any], started_by: int | None = None) -> dict[int, Level]:
    """Person id → level for `people` about `subjects`: the narrowest first, as `Event.subjects` gives them.
    `started_by` is who began the conversation, where that counts. One query."""
    from .following import Following

    rows: dict[int, dict[tuple[int, int], str]] = {}
    chosen = Following.objects.filter(about(subjects))
    if len(people) <= MANY:
        chosen = chosen.filter(person__in=people)
    for person, kind, pk, level in chosen.values_list("person", "content_type", "object_id", "level"):
        rows.setdefault(person, {})[kind, pk] = level
    return {p: level_of(rows.get(p, {}), subjects, has_started=p == started_by) for p in people}
