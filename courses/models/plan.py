"""What the dates of a cohort would be: from its course's schedule, its start, its days off and what was moved."""

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.models import Place

from .calendar import Calendar, days_between
from .cohort import Cohort, UnitPlace
from .course import Course
from .step import Step
from .step_date import Holiday, StepDate


@dataclass(frozen=True)
class PlanTerms:
    """What the dates of a cohort are counted from. `ends_on`, if given, is its last day; else that is shifted with the
    dates."""

    starts_on: date
    time_zone: str
    holidays: Sequence[Holiday] = ()
    ends_on: date | None = None

    @classmethod
    def of(cls, cohort: Cohort) -> "PlanTerms":
        return cls(cohort.starts_on, cohort.time_zone, tuple(cohort.holidays.all()))

    @property
    def calendar(self) -> Calendar:
        days_off = days_between((holiday.first, holiday.last) for holiday in self.holidays)
        return Calendar(self.starts_on, ZoneInfo(self.time_zone), days_off)


@dataclass
class Change:
    """One date as it would be; `was` is when it comes as things are, None if it does not yet. One that `has_come` stays
    as it is."""

    date: StepDate
    was: datetime | None = None
    has_come: bool = False

    @property
    def is_change(self) -> bool:
        return self.date.at != self.was


@dataclass
class Plan:
    """All dates of a cohort in order, with what would change. `shift_days` is by how much all are shifted this time."""

    terms: PlanTerms
    shift_days: int = 0
    all: list[Change] = field(default_factory=list)

    @property
    def shift(self) -> timedelta:
        return timedelta(days=self.shift_days)

    def ends_on(self, cohort: Cohort) -> date | None:
        """The last day of the cohort as it would be."""
        if self.terms.ends_on or not cohort.ends_on:
            return self.terms.ends_on
        return cohort.ends_on + (self.terms.starts_on - cohort.starts_on) + self.shift

    @property
    def to_come(self) -> list[StepDate]:
        return [one.date for one in self.all if not one.has_come]

    @property
    def changes(self) -> list[Change]:
        return [one for one in self.all if one.is_change]

    @property
    def fingerprint(self) -> str:
        """Differs when what would change does: a preview's, to find out whether it still says the truth."""
        rows = [(one.date.step_id, one.date.at.isoformat(), str(one.was)) for one in self.changes]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:24]


def preview_of(course: Course, terms: PlanTerms) -> Plan:
    """The dates of a cohort of `course` that is not there yet."""
    steps = course.steps.standing().with_units().in_order()
    calendar = terms.calendar
    dates = [StepDate(step=step, **day_and_time(step, calendar)) for step in steps]
    return in_order(Plan(terms), dates, {}, calendar)


def plan_of(cohort: Cohort, *, terms: PlanTerms | None = None, shift_days: int = 0, is_new: bool = False) -> Plan:
    """The dates of `cohort` on other terms, or as they are shifted by some days, or after the course's schedule has
    changed. What has come stays; what is new in the course comes with it."""
    terms = terms or PlanTerms.of(cohort)
    if cohort.is_self_paced:
        return Plan(terms)
    later = terms.starts_on - cohort.starts_on + timedelta(days=shift_days)
    known = {row.step_id: row for row in cohort.dates.with_things()}
    places = places_of(cohort)
    calendar, dates, were = terms.calendar, [], {step: row.at for step, row in known.items()}
    for row in known.values():
        if not row.has_come:
            dates.append(moved(row, calendar, later=later, shift_days=shift_days))
        elif row.step.is_of_unit:
            dates.append(row)
    for step in cohort.course.steps.standing().with_units().in_order():
        place = places.get(step.unit_id)
        opens_late = step.is_of_unit and not is_new  # what people read already is not taken from them
        if step.pk not in known and place and not (opens_late and place.is_open):
            dates.append(StepDate(cohort=cohort, step=step, place=place, **day_and_time(step, calendar)))
    return in_order(Plan(terms, shift_days), [row for row in dates if not is_gone(row)], were, calendar)


def is_gone(row: StepDate) -> bool:
    """Whether it is a prompt that the course no longer has."""
    return row.step.removed_at is not None and not row.step.is_of_unit


def places_of(cohort: Cohort) -> dict[int | None, Place]:
    """Id of a unit → its place; None → the commons."""
    rows = UnitPlace.objects.of(cohort.community_id).select_related("place__community").only("unit_id", "place")
    places: dict[int | None, Place] = {row.unit_id: row.place for row in rows}
    places[None] = cohort.community.places.commons().select_related("community").get()
    return places


def day_and_time(step: Step, calendar: Calendar) -> dict:
    return {"day": calendar.day_of(step.week, step.weekday), "time": step.time}


def moved(row: StepDate, calendar: Calendar, *, later: timedelta, shift_days: int) -> StepDate:
    """A row that has not come yet, with its day and time as they would be; the row itself stays as it is."""
    twin = copy(row)
    twin.shifted_days += shift_days
    if not row.moved_at:
        twin.time = row.step.time
        twin.day = calendar.day_of(row.step.week, row.step.weekday, shifted_days=twin.shifted_days)
    elif later:
        twin.day = calendar.next_free(row.day + later)
    return twin


def in_order(plan: Plan, dates: Iterable[StepDate], were: dict[int, datetime], calendar: Calendar) -> Plan:
    """The plan with these dates, each with its moment: a prompt at a unit comes no earlier than the unit opens."""
    changes = [Change(row, were.get(row.step_id), has_come=row.has_come) for row in dates]
    opening: dict[int | None, datetime] = {}
    for change in sorted(changes, key=lambda change: not change.date.step.is_of_unit):
        row, unit = change.date, change.date.step.unit_id
        if not change.has_come:
            row.at = calendar.moment(row.day, row.time)
        if row.step.is_of_unit:
            opening[unit] = row.at
        elif unit in opening:
            row.at = max(row.at, opening[unit])
    return replace(plan, all=sorted(changes, key=lambda change: change.date.at))
