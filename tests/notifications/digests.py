"""Digests of the world's people, for tests of what they tell."""

from django.core import mail

from notifications import tasks
from notifications.actions import deliver, digest_of
from notifications.models import Delivery, Event, MailSettings


def told_so_far(world):
    """Everybody was told of everything that happened so far."""
    up_to, people = Event.objects.newest(), [person for person in world.cast.values() if person]
    MailSettings.objects.bulk_create(MailSettings(person=person, digested_up_to=up_to) for person in people)
    for person in people:
        person.refresh_from_db()
    return world


def digest_for(person, period="2026-11-26"):
    """Let the digest of `person` go out; the mail, or None."""
    tasks.sweep()
    mail.outbox.clear()
    up_to, message_id = Event.objects.newest(), Delivery.new_message_id()
    row = Delivery.objects.create(person=person, kind="digest", period=period, up_to=up_to, message_id=message_id)
    deliver()
    row.refresh_from_db()
    assert row.state == ("sent" if mail.outbox else "dropped")
    return mail.outbox[0] if mail.outbox else None


def told(person):
    """What a digest would tell `person` now: title and counts of each conversation, shelf and page."""
    return [(group.title, group.counts) for group in groups_for(person)]


def groups_for(person):
    tasks.sweep()
    person.refresh_from_db()
    return digest_of(person).groups
