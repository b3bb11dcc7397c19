"""The days of a course's schedule on the calendar of one cohort. No queries here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WORKING_DAYS = 5  # from Monday on
WEEKS_MAX = 104  # of a course
DAYS_OFF_MAX = 732  # of a cohort, so that counting its weeks comes to an end


@dataclass(frozen=True)
class Calendar:
    """How one cohort counts weeks and days.

    Week 1 is the one, from Monday to Sunday, in which the cohort starts, or the one after a start on a weekend. A week
    without a working day does not count: the course goes on with the next one.
    """

    starts_on: date
    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()

    @property
    def start(self) -> datetime:
        """When it begins: at midnight of its first day."""
        return self.moment(self.starts_on, time())

    def day_of(self, week: int, weekday: int, *, shifted_days: int = 0) -> date:
        """The day of a week (from 1 on) and a weekday (0 is Monday): not before the start, and no day off. What a day
        off moves from a working day does not come on a weekend."""
        day = max(self.monday_of(week) + weekday * DAY, self.starts_on)
        return self.next_free(day + shifted_days * DAY)

    def monday_of(self, week: int) -> date:
        first = self.starts_on - self.starts_on.weekday() * DAY
        weeks = (first + n * WEEK for n in count())
        counted = (monday for monday in weeks if self.has_working_day(monday))
        return next(monday for n, monday in enumerate(counted, start=1) if n == week)

    def has_working_day(self, monday: date) -> bool:
        days = (monday + n * DAY for n in range(WORKING_DAYS))
        return any(day >= self.starts_on and day not in self.days_off for day in days)

    def next_free(self, day: date) -> date:
        """`day`, or where that is off the next one that is not; never before the start."""
        day = max(day, self.starts_on)
        may_be_weekend = is_weekend(day)
        while day in self.days_off or (is_weekend(day) and not may_be_weekend):
            day += DAY
        return day

    def moment(self, day: date, at: time) -> datetime:
        """When the clocks of the cohort say so, in UTC: an hour that the clocks leave out comes an hour later, and of
        one that comes twice it is the first."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def is_weekend(day: date) -> bool:
    return day.weekday() >= WORKING_DAYS


def days_between(spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """All the days from the first to the last one of each span."""
    return frozenset(first + n * DAY for first, last in spans for n in range((last - first).days + 1))
