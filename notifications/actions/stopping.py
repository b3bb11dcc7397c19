"""Stopping mail by the link of a mail, and going back on it."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Place

from ..mail.stopping import DIGEST, MORNING
from ..models import Following, Level, MailSettings, Stop
from .scheduling import change_mail


@transaction.atomic
def stop_mail(*, person: User, subject: Any = None) -> Stop:
    """Send `person` no more about `subject` (a thread, a place, a community), or nothing but what is essential for
    None. What they chose for things within it is put aside, so that none of it goes on. A second call does nothing.

    Locks the person's row: two presses take turns.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    stop = Stop.objects.of(person).standing().about(subject).first()
    if stop is not None and is_stopped(person, subject):
        return stop
    if stop is not None:  # they chose something else since
        close(stop)
    made = Stop.objects.create(person=person, subject=subject, before=set_aside(person, subject))
    if subject is None:
        MailSettings.objects.update_or_create(person=person, defaults={"stopped_at": made.stopped_at})
    else:
        Following.objects.create(person=person, subject=subject, level=Level.MUTED)
    return made


@transaction.atomic
def undo_stop(*, person: User, subject: Any = None) -> bool:
    """Bring back what `person` had chosen before they stopped the mail about `subject`, or all mail for None; what they
    chose since stands. Returns whether there was anything to undo."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    stop = Stop.objects.of(person).standing().about(subject).first()
    if stop is None:
        return False
    if subject is None:
        MailSettings.objects.filter(person=person).update(stopped_at=None)
    else:
        Following.objects.of(person).about([subject]).at(Level.MUTED).delete()
        for label, pk, level in stop.before:
            bring_back(person, label, pk, level)
    close(stop)
    return True


def want_morning_mail(*, person: User, wants: bool) -> None:
    """Send the mail of the morning to `person`, who looks after others, or no more."""
    MailSettings.objects.update_or_create(person=person, defaults={"gets_morning_mail": wants})


@transaction.atomic
def want_digest(*, person: User, wants: bool) -> None:
    """Send no more digests to `person`; or again, as often as before that. A second call does nothing."""
    never = MailSettings.Frequency.NEVER
    mine = MailSettings.objects.of(person).select_for_update().first() or MailSettings(person=person)
    if wants and mine.frequency == never:
        change_mail(person=person, frequency=mine.frequency_before or MailSettings.Frequency.DAILY)
    elif not wants and mine.frequency != never:
        change_mail(person=person, frequency=never, frequency_before=mine.frequency)


def is_stopped(person: User, subject: Any = None) -> bool:
    """Whether mail about `subject`, or all for None, is off now."""
    if subject == MORNING:
        return not MailSettings.of(person).gets_morning_mail
    if subject == DIGEST:
        return MailSettings.of(person).frequency == MailSettings.Frequency.NEVER
    if subject is None:
        return MailSettings.of(person).stopped_at is not None
    return Following.objects.of(person).about([subject]).at(Level.MUTED).exists()


def set_aside(person: User, subject: Any) -> list[Any]:
    """Remove what `person` chose for `subject` and for what stands in it; returns what that was."""
    if subject is None:
        return []
    places = set(Place.objects.of_subject(subject).values_list("pk", flat=True))
    chosen = Following.objects.of(person).with_subjects()
    rows = [row for row in chosen if row.subject == subject or place_of(row.subject) in places]
    before = [[row.subject._meta.label_lower, row.object_id, row.level] for row in rows]
    Following.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return before


def place_of(thing: Any) -> int | None:
    """Id of the place at which something stands that can be followed; of a place its own."""
    return thing.pk if isinstance(thing, Place) else getattr(thing, "place_id", None)


def bring_back(person: User, label: str, pk: int, level: str) -> None:
    kind = ContentType.objects.get_for_model(apps.get_model(label))
    Following.objects.get_or_create(person=person, content_type=kind, object_id=pk, defaults={"level": level})


def close(stop: Stop) -> None:
    stop.undone_at = timezone.now()
    stop.save(update_fields=["undone_at"])
