"""When digests come: planning them by each person's own clock, and making the row of each when its time has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import tasks
from ..models import Delivery, Event, MailSettings
from ..models.planned import PlannedQuerySet, newest_settled_event, waiting_digests_of
from ..models.timetable import APART

TOGETHER = 500  # people in one transaction
FIRST_LOOKS_BACK = timedelta(days=1)
PLAN = ("next_digest_at", "last_digest_at", "planned_in", "digested_up_to", "opened_at", "slowed_at")


def schedule_digests() -> int:
    """Plan the digest of everybody who needs it, and make the rows of those that are due; returns of how many people.

    Any number of these may run at once: each does others. Who missed some while none ran gets one.
    """
    while enrol() == TOGETHER:
        pass
    while replan(MailSettings.objects.to_be_planned()) == TOGETHER:
        pass
    bring_back()
    due = 0
    while people := make_due(timezone.now()):
        due += people
    return due


@transaction.atomic
def enrol() -> int:
    """Give those who have no mail settings the defaults; returns how many."""
    people = User.objects.active().filter(mail_settings=None).order_by("pk")[:TOGETHER]
    rows = [MailSettings(person=person) for person in people]
    MailSettings.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def replan(those: PlannedQuerySet) -> int:
    """Say anew when the next digests of `those` come; returns of how many people."""
    rows = those.locked(TOGETHER)
    plan_anew(rows, timezone.now())
    MailSettings.objects.bulk_update(rows, PLAN)
    return len(rows)


def plan_anew(rows: Sequence[MailSettings], now: datetime) -> None:
    """What happened long before somebody's first digest, or while they wanted none, is in none. A digest that is due
    already comes all the same."""
    if any(row.next_digest_at is None for row in rows):
        before = Event.objects.newest_before(now - FIRST_LOOKS_BACK)
    for row in rows:
        if row.next_digest_at is None:
            row.digested_up_to = max(row.digested_up_to or 0, before)
        row.opened_at = row.opened_at or now
        row.plan(now, but_due=True)


@transaction.atomic
def bring_back() -> None:
    """Let digests come as often as before again, to people who have been here since they were slowed down."""
    now = timezone.now()
    rows = MailSettings.objects.slowed_and_back().locked(TOGETHER)
    for row in rows:
        row.slowed_at, row.opened_at = None, now
    plan_anew(rows, now)
    MailSettings.objects.bulk_update(rows, PLAN)


@transaction.atomic
def make_due(now: datetime) -> int:
    """Make the digests that are due by `now` of up to TOGETHER people, and plan their next ones; returns of how many
    people."""
    rows = MailSettings.objects.due(now).locked(TOGETHER)
    if not rows:
        return 0
    slow_down(rows, now)
    make([row for row in rows if row.person.is_active and row.may_be_mailed], now)
    for row in rows:
        row.last_digest_at = row.next_digest_at
        row.plan(now + APART)
    MailSettings.objects.bulk_update(rows, PLAN)
    tasks.deliver.delay_on_commit()
    return len(rows)


def make(rows: Sequence[MailSettings], now: datetime) -> None:
    """One that still waits to be sent tells what is new, too, instead of another one."""
    up_to = newest_settled_event(now)
    waiting = waiting_digests_of([row.pk for row in rows])
    Delivery.objects.with_ids([delivery.pk for delivery in waiting]).update(up_to=up_to)
    have = {delivery.person_id for delivery in waiting}
    made = [
        Delivery(
            person_id=row.pk,
            kind=Delivery.Kind.DIGEST,
            period=row.period,
            message_id=Delivery.new_message_id(),
            up_to=up_to,
            due_at=now,
        )
        for row in rows
        if row.pk not in have
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)


def slow_down(rows: Sequence[MailSettings], now: datetime) -> None:
    """Mark those of `rows` whose digests nobody has opened for months. Costs a query only where that may be."""
    perhaps = {row.pk: row for row in rows if row.is_perhaps_unopened(now)}
    found = MailSettings.objects.of_people(perhaps).knowing_signs().select_related("person") if perhaps else ()
    for known in found:
        row = perhaps[known.pk]
        if known.is_left_unopened(now):
            row.slowed_at = now
        else:
            row.opened_at = known.sign_at


@transaction.atomic
def change_mail(*, person: User, **fields: Any) -> MailSettings:
    """Let mail come to `person` as `fields` of their mail settings say, and plan their next digest by them. Who says so
    is here, so nothing is slow any more; what waits to be sent and is not wanted now isn't sent."""
    MailSettings.objects.bulk_create([MailSettings(person=person)], ignore_conflicts=True)
    row = MailSettings.objects.select_for_update().get(pk=person.pk)
    row.person = person
    for name, value in ({"slowed_at": None, "opened_at": timezone.now()} | fields).items():
        setattr(row, name, value)
    plan_anew([row], timezone.now())
    row.save(update_fields={*PLAN, *fields})
    if row.frequency == MailSettings.Frequency.NEVER:
        Delivery.objects.with_ids([digest.pk for digest in waiting_digests_of([person.pk])]).delete()
    return row
