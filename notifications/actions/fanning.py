"""Telling those whom a happening concerns."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import HiddenPerson

from ..models import Browser, Delivery, Event, Following, Level, Notification, levels_of
from ..models.level import MANY

ROWS_AT_ONCE = 1_000


@transaction.atomic
def fan_out(event_id: int) -> int:
    """Make the notifications of one event, and of mail at once the rows that send it; returns how many people it
    concerns.

    Runs again without effect. The audience, and who follows, is asked now, and of them only who may see the place now
    and has not blocked who did it hears of it, as far as their levels let them; who did it never does, unless the
    target says `is_by_clock`, so that nobody did.
    """
    event = Event.objects.select_for_update(of=("self",)).with_surroundings().get(pk=event_id)  # alone: it may be moved
    if event.fanned_out_at:
        return 0
    reasons = reasons_of(event)
    levels = levels_of(reasons, subjects=event.subjects(), started_by=event.started_by)
    told = [(person, reasons[person], levels[person]) for person in hearing(event, reasons)]
    told = [row for row in told if is_told(*row[1:])]
    now, early = timezone.now(), readers_so_far(event)
    rows = [
        Notification(person_id=person, event=event, reason=reason, read_at=now if person in early else None)
        for person, reason, _ in told
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
    at_once = [who for who, reason, level in told if is_mailed(event, reason, level) and who not in early]
    mail_at_once(event, at_once)
    push_at_once(event, at_once)
    event.fanned_out_at = now
    event.save(update_fields=["fanned_out_at"])
    return len(told)


def reasons_of(event: Event) -> dict[int, str]:
    """User id → why it concerns them: the target's audience, and who follows at the level ALL what is around it."""
    audience = event.target.audience() if event.target else {}
    if not event.is_for_followers:
        return audience
    followers = Following.objects.about(event.subjects()).at(Level.ALL).values_list("person", flat=True)
    return {**dict.fromkeys(followers, Notification.Reason.FOLLOWING), **audience}


def readers_so_far(event: Event) -> set[int]:
    """Ids of those who have read the thing before anybody told them of it: who had its page open just then."""
    target: Any = event.target
    return target.readers_so_far() if hasattr(target, "readers_so_far") else set()


def hearing(event: Event, people: Collection[int]) -> list[int]:
    """Those of `people` who may hear of it now."""
    readers = event.place.readers()
    if len(people) <= MANY:
        readers = readers.filter(user__in=people)
    if not getattr(event.target, "is_by_clock", False):
        readers = readers.exclude(user=event.actor_id)
    if event.can_be_unwanted:
        readers = readers.exclude(user__in=HiddenPerson.objects.hiding(event.actor_id))
    return [person for person in readers.values_list("user", flat=True) if person in people]


def is_told(reason: str, level: Level) -> bool:
    """Whether somebody with this level hears of what concerns them for this reason."""
    if reason in Notification.ESSENTIAL:
        return True
    if reason == Notification.Reason.FOLLOWING:  # at the narrowest they may want less than of what is around it
        return level == Level.ALL
    return level != Level.MUTED and (level != Level.MENTIONS or reason in Notification.ADDRESSED)


def is_mailed(event: Event, reason: str, level: Level) -> bool:
    """Whether a mail tells of it at once."""
    if event.verb in Event.OWN_MAIL:
        return False
    return level == Level.ALL or reason in Notification.ADDRESSED or event.verb in Event.AT_ONCE


def mail_at_once(event: Event, people: Collection[int]) -> None:
    """Make the row of a mail to each of `people`, or let one that waits already tell of it, too."""
    is_alone = event.mail_subject.startswith("event:")
    wait = timedelta(minutes=0 if is_alone else settings.MAIL_TOGETHER_MINUTES)
    rows = [
        Delivery(
            person_id=person,
            kind=Delivery.Kind.AT_ONCE,
            subject=event.mail_subject,
            period=str(event.pk),
            message_id=Delivery.new_message_id(),
            due_at=timezone.now() + wait,
        )
        for person in people
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)


def push_at_once(event: Event, people: Collection[int]) -> None:
    """Make the row of a browser message to those of `people` who asked for them."""
    asking = Browser.objects.people_among(people) if people else ()
    rows = [
        Delivery(
            person_id=person,
            kind=Delivery.Kind.PUSH,
            subject=event.mail_subject,
            period=str(event.pk),
            message_id=Delivery.new_message_id(),
        )
        for person in asking
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
