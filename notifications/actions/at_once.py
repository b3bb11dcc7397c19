"""Mail at once: what is so directly for somebody that it does not wait for their digest."""

from functools import partial

from django.utils import timezone

from accounts.models import User

from ..mail.at_once import write_mail
from ..models import Delivery, Event, Level, MailSettings, Notification, levels_of
from ..models.notification import NotificationQuerySet
from .fanning import is_mailed, is_told
from .kinds import Letter, writes

LOOKED_AT = 60  # notifications for a mail; the rest waits for the digest


@writes(Delivery.Kind.AT_ONCE, together=20, is_essential=True)  # some of it is: see `wanted_by`
def tell_at_once(rows: list[Delivery]) -> dict[int, Letter]:
    """The mails of these rows, with what each person may see, has not read and wants now. Who reads it all meanwhile,
    or does not want it any more, gets none."""
    letters, digested = {}, Delivery.objects.of_people([row.person_id for row in rows]).digested_up_to()
    for row in rows:
        person = row.person
        told = what_to_tell(row, person, digested.get(person.pk, 0)) if person else []
        if person and told:
            noted = partial(note_mailed, [notification.pk for notification in told])
            letters[row.pk] = Letter(write_mail(row, person, told), on_sent=noted)
    return letters


def what_to_tell(row: Delivery, person: User, digested: int) -> list[Notification]:
    """The notifications that the mail of a row tells `person` of, oldest first. Digests that went out dealt with all
    events up to `digested`, but left to this mail what it was to tell."""
    if not MailSettings.of(person).is_reachable:
        return []
    waiting = Notification.objects.to_mail(person, since=int(row.period))
    left = max(digested, MailSettings.of(person).digested_up_to or 0)
    return wanted_by(person, said_at_once(row, person, waiting, left), left)


def said_at_once(row: Delivery, person: User, waiting: NotificationQuerySet, left: int = 0) -> list[Notification]:
    """What of a row's subject is to be told to `person` now, of what is `waiting` since its event, oldest first. Who
    wants it in digests by now is told all the same of what a digest, up to the event `left`, has left to this mail."""
    first = Event.objects.filter(pk=int(row.period)).first()
    if first is None:
        return []
    about = {row.subject, first.mail_subject}  # what it is about may have been taken into another conversation
    there = waiting.filter(event__place=first.place_id).with_events(person, for_mail=True)[:LOOKED_AT]
    found = [n for n in there if n.event.mail_subject in about and still_holds(n, person)]
    if not found:
        return []
    event = found[-1].event
    level = levels_of([person.pk], subjects=event.subjects(), started_by=event.started_by)[person.pk]
    at_once = [n for n in found if is_told(n.reason, level) and is_mailed(n.event, n.reason, level)]
    if level != Level.DIGEST:
        return at_once
    return [n for n in found if n in at_once or n.event_id <= left]


def wanted_by(person: User, found: list[Notification], left: int) -> list[Notification]:
    """Of these, where `person` wants no mail, what is decided about them and their words alone; where they want none at
    once, that and what digests have left to it."""
    mine = MailSettings.of(person)
    if mine.may_be_mailed and mine.is_mailed_at_once:
        return found
    up_to = left if mine.may_be_mailed else 0
    return [n for n in found if n.event.verb in Event.AT_ONCE or n.event_id <= up_to]


def still_holds(notification: Notification, person: User) -> bool:
    """Whether what it tells `person` of stands and concerns them: words are removed, edited and decided about between
    being told and being mailed."""
    target = notification.event.target
    if target is None:
        return False
    if hasattr(target, "still_concerns"):
        return target.still_concerns(person, notification.reason)
    return person.pk in target.audience()


def note_mailed(ids: list[int]) -> None:
    """That a mail told of the notifications with these ids."""
    Notification.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
