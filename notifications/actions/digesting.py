"""Writing digests, and noting what they told."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.models import User

from ..mail.digest import Press
from ..models import Delivery, Event, MailSettings, Notification
from ..models.batch import digests_for
from ..models.digest import Digest
from ..models.readers import Reader
from .kinds import Letter, writes

TOGETHER = 100
LOOKS_BACK = timedelta(days=1)  # for whom nobody has noted where their digests begin


@writes(Delivery.Kind.DIGEST, together=TOGETHER)
def digests(deliveries: list[Delivery]) -> dict[int, Letter]:
    """The digests of these people as they are now. Of two of one person the later one tells all. Who is told nothing
    gets none, and the next one goes on from here."""
    rows = {row.person_id: row for row in sorted(deliveries, key=lambda row: row.up_to or 0)}
    told = Delivery.objects.of_people(rows).digested_up_to()
    found = digests_for([reader_of(row.person, told, up_to=row.up_to) for row in rows.values() if row.person])
    full = [digest for digest in found if digest.groups]
    note_empty([digest.reader for digest in found if not digest.groups])
    press, letters = Press(full), {}
    for digest in full:
        row = rows[digest.reader.person.pk]
        message = press.mail(digest, message_id=row.message_id)
        letters[row.pk] = Letter(message, on_sent=partial(note_told, digest))
    return letters


def note_empty(readers: Collection[Reader]) -> None:
    for up_to in {reader.up_to for reader in readers}:
        note_dealt_with([reader.person for reader in readers if reader.up_to == up_to], up_to)


def reader_of(person: User, told: dict[int, int], *, up_to: int | None) -> Reader:
    """Somebody as their digest sees them, up to an event, or now. What a digest that went out told is in its row only,
    in `told`, so that marking it as sent is one short statement."""
    settings = MailSettings.of(person)
    since = max(filter(None, (settings.digested_up_to, told.get(person.pk))), default=settings.digested_up_to)
    if since is None:
        since = Event.objects.newest_before(timezone.now() - LOOKS_BACK)
    last = Event.objects.newest() if up_to is None else up_to
    return Reader(person, since, last, settings.minutes, settings.is_mailed_at_once)


def digest_of(person: User) -> Digest:
    """What a digest would tell `person` if it came now."""
    told = Delivery.objects.of(person).digested_up_to()
    return digests_for([reader_of(person, told, up_to=None)])[0]


def note_told(digest: Digest) -> None:
    """Note that a mail told somebody of what the bell told them, too, so that no other one does. In the caller's
    transaction."""
    reader = digest.reader
    if told := reader.reasons.keys() & set(digest.events):
        Notification.objects.of_people([reader.person.pk]).of_event_ids(told).note_mailed()


def note_dealt_with(people: Collection[User], up_to: int) -> None:
    """Let the next digests of `people` begin after the event `up_to`, unless they do so later already."""
    new = [MailSettings(person=person) for person in people if MailSettings.of(person)._state.adding]
    if new:
        MailSettings.objects.bulk_create(new, ignore_conflicts=True)
    MailSettings.objects.of_people(person.pk for person in people).dealt_with(up_to)
