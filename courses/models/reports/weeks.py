"""The weeks of a cohort: on the calendar of its time zone, from the day it starts."""

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

WEEKS_MOST = 26


@dataclass(frozen=True)
class Week:
    """The `number`th week since the start, from `begins` on; `day` is the first, on the cohort's calendar."""

    number: int
    day: date
    begins: datetime


@dataclass(frozen=True)
class Weeks:
    """The weeks of a cohort until now, or the last of them."""

    weeks: tuple[Week, ...]

    @classmethod
    def of(cls, cohort, now=None):
        zone, now = zoneinfo.ZoneInfo(cohort.time_zone), now or timezone.now()
        last = (now.astimezone(zone).date() - cohort.starts_on).days // 7 + 1
        days = {
            n: cohort.starts_on + timedelta(days=7 * (n - 1)) for n in range(max(1, last - WEEKS_MOST + 1), last + 1)
        }
        return cls(tuple(Week(n, day, datetime.combine(day, time(), zone)) for n, day in days.items()))

    def __iter__(self):
        return iter(self.weeks)

    def __len__(self):
        return len(self.weeks)

    def containing(self, field):
        """Number of the week in which the time `field` of a row is; 0 for what was before them all."""
        whens = [When(**{f"{field}__gte": week.begins}, then=Value(week.number)) for week in reversed(self.weeks)]
        return Case(*whens, default=Value(0), output_field=IntegerField())
