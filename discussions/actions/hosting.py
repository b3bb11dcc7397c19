"""The mail by which somebody hears that a community's week is theirs to host."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions.kinds import Letter, writes
from notifications.mail import compose
from notifications.models import Delivery, Notification
from notifications.models.timetable import Timetable

from ..models import Turn
from ..models.hosted import HostedWeek, hosted_weeks

MORNING_HOUR = 7  # on the host's own clock
EVERY_DAY = frozenset(range(7))


def write_to_host(turn: Turn, person: User) -> None:
    """Make the mail that tells `person` of their week, for their next morning. In the caller's transaction; a second
    call on the same day makes none."""
    now = timezone.now()
    Delivery.objects.get_or_create(
        person=person,
        kind=Delivery.Kind.HOSTING,
        subject=subject_of(turn),
        period=f"{turn.week} {now.date()}",
        defaults={
            "message_id": Delivery.new_message_id(),
            "due_at": Timetable(person.zone, MORNING_HOUR, EVERY_DAY).next_after(now) or now,
        },
    )


def forget_mail_to_host(turn: Turn) -> None:
    """Let what has not gone out yet about this week stay here: it is somebody else's now."""
    Delivery.objects.of_kind(Delivery.Kind.HOSTING).about(subject_of(turn)).waiting().delete()


def subject_of(turn: Turn) -> str:
    return f"turn:{turn.pk}"


@writes(Delivery.Kind.HOSTING, together=20)
def hosting_mails(deliveries: list[Delivery]) -> dict[int, Letter]:
    """Those of these people whose weeks are still theirs, and not over."""
    numbers = {row.pk: int(row.subject.partition(":")[2]) for row in deliveries}
    weeks, letters = hosted_weeks(numbers.values()), {}
    for row in deliveries:
        week = weeks.get(numbers[row.pk])
        if week and row.person and week.turn.person_id == row.person_id:
            note = partial(note_mailed, row.person, week.turn)
            letters[row.pk] = Letter(hosting_mail(row, week), on_sent=note)
    return letters


def hosting_mail(row: Delivery, week: HostedWeek) -> EmailMultiAlternatives:
    person = row.person
    assert person is not None
    words = {"community": week.community.title, "first": date_format(week.turn.week, "MONTH_DAY_FORMAT")}
    return compose(
        to=person.email,
        subject=_("You host %(community)s from %(first)s on") % words,
        template="discussions/mail/hosting",
        context={"week": week, "community": week.community, "first": words["first"], "site_url": settings.SITE_URL},
        message_id=row.message_id,
        person=person,
        stops=(week.community,),
    )


def note_mailed(person: User, turn: Turn) -> None:
    """Note that a mail told them, so that no digest does."""
    Notification.objects.of_people([person.pk]).about(Turn, [turn.pk]).note_mailed()
