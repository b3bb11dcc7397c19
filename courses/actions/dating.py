"""The dates of a cohort: made from its course's schedule, moved one by one or all at once."""

from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry, Community, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import Cohort, Holiday, Plan, PlanTerms, Shift, StepDate, plan_of


class PlanChanged(Exception):
    """What would change is something else by now. `plan` says what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.plan = plan


class HasCome(Exception):
    """The unit is open, or the prompt was asked: its date is past changing."""


class HasBegun(Exception):
    """The cohort has begun: its start is past changing."""


def make_dates(cohort: Cohort) -> None:
    """Give a new cohort its dates; the caller holds the transaction."""
    write_dates(plan_of(cohort, is_new=True))


@transaction.atomic
def replan(
    *, by: User, cohort: Cohort, terms: PlanTerms, shift_days: int, seen: str, key: UUID, tells: bool = True
) -> Shift | None:
    """Let the dates of a cohort, and its end, be those of the plan whose fingerprint was `seen`; with `tells`,
    everybody in it hears of it. Returns None where nothing changes. Locks the cohort row.

    Raises HasBegun where the start of a cohort that has begun would move, and PlanChanged. A second call with the same
    `key` returns what the first one made.
    """
    cohort = lock_cohort(cohort)
    if again := Shift.objects.filter(key=key).first():
        return again
    if terms.starts_on != cohort.starts_on and cohort.has_begun:
        raise HasBegun(cohort)
    plan = plan_of(cohort, terms=terms, shift_days=shift_days)
    if plan.fingerprint != seen:
        raise PlanChanged(plan)
    move_ends(cohort, plan)
    keep_holidays(cohort, terms.holidays)
    return write_shift(cohort, plan, by=by, key=key, tells=tells)


@transaction.atomic
def move_date(*, by: User, date: StepDate, day: date, at: time, key: UUID, tells: bool = False) -> Shift | None:
    """Let one date come on another day, or at another time; prompts at its unit wait for it. A time that has passed is
    now. Raises HasCome. Locks the cohort row. A second call with the same `key` returns what the first one made."""
    cohort = lock_cohort(date.cohort)
    if again := Shift.objects.filter(key=key).first():
        return again
    row = cohort.dates.with_things().get(pk=date.pk)
    if row.has_come:
        raise HasCome(row)
    if (row.day, row.time) == (day, at):
        return None
    row.day, row.time, row.moved_at, row.moved_by = day, at, timezone.now(), by
    row.save(update_fields=["day", "time", "moved_at", "moved_by"])
    return write_shift(cohort, plan_of(cohort), by=by, key=key, tells=tells)


def lock_cohort(cohort: Cohort) -> Cohort:
    """The cohort as it is now, its row locked."""
    locked = Cohort.objects.select_for_update(of=("self",)).select_related("community", "course")
    return locked.get(pk=cohort.pk)


def move_ends(cohort: Cohort, plan: Plan) -> None:
    """Let start and end of the cohort go along; units without a date open with its start."""
    had_begun, began_at = cohort.has_begun, cohort.opens_at
    cohort.ends_on = plan.ends_on(cohort)
    cohort.starts_on, cohort.time_zone = plan.terms.starts_on, plan.terms.time_zone
    cohort.save(update_fields=["starts_on", "ends_on", "time_zone"])
    if cohort.opens_at != began_at and not had_begun:
        dated = [change.date.place_id for change in plan.all if change.date.step.is_of_unit]
        units = cohort.community.places.filter(kind=Place.Kind.UNIT)
        units.exclude(pk__in=dated).update(opens_at=cohort.opens_at)


def keep_holidays(cohort: Cohort, holidays: Iterable[Holiday]) -> None:
    cohort.holidays.all().delete()
    cohort.holidays.bulk_create(Holiday(cohort=cohort, first=h.first, last=h.last, name=h.name) for h in holidays)


def write_shift(cohort: Cohort, plan: Plan, *, by: User, key: UUID, tells: bool) -> Shift | None:
    write_dates(plan)
    if not plan.changes:
        return None
    shift = Shift.objects.create(cohort=cohort, by=by, count=len(plan.changes), key=key)
    details = {
        str(one.date.step): [one.was and f"{one.was:%F %H:%M}", f"{one.date.at:%F %H:%M}"] for one in plan.changes
    }
    record_act(by=by, act=AuditEntry.Act.DATES, community=cohort.community, about=str(shift), details=details)
    commons = cohort.community.places.commons().get()
    record_event(Event.Verb.SHIFTED, actor=by, place=commons, target=shift, tells=tells)
    return shift


def write_dates(plan: Plan) -> None:
    """Store the dates, and let the places of units open on them."""
    rows = plan.to_come
    StepDate.objects.bulk_create([row for row in rows if row.pk is None])
    StepDate.objects.bulk_update([row for row in rows if row.pk], ["day", "time", "at", "shifted_days"])
    places = []
    for row in rows:
        if row.step.is_of_unit and row.cohort.community.season == Community.Season.COHORT:  # else they stay open
            row.place.opens_at = row.at
            places.append(row.place)
    Place.objects.bulk_update(places, ["opens_at"])
