"""When a digest comes: on which days and at which hour of somebody's own clock. No queries here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
APART = timedelta(hours=6)  # two digests are never closer, whatever is changed in between
EVERY_FOUR_WEEKS = 22  # days between two dates on one weekday, at the least


@dataclass(frozen=True)
class Timetable:
    """At `hour` on the clocks of `zone`, on the weekdays `days` (0 is Monday), at most once in `every_days` dates."""

    zone: ZoneInfo
    hour: int
    days: frozenset[int]
    every_days: int = 1

    def moment_of(self, day: date) -> datetime:
        """In UTC. An hour that the clocks leave out comes as long after it as they jump; of one that comes twice it is
        the first."""
        return datetime.combine(day, time(self.hour), self.zone).astimezone(UTC)

    def date_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def next_after(self, moment: datetime, *, last: datetime | None = None) -> datetime | None:
        """The first time after `moment`, on a later date than that of `last`, by these clocks, and not close to it;
        None where there are no days."""
        day = self.date_of(moment)
        if last is not None:
            day = max(day, self.date_of(last) + self.every_days * DAY)
            moment = max(moment, last + APART)
        for _try in range(
            10 if self.days else 0
        ):  # a week has all its days; some more, since the first may be too near
            if day.weekday() in self.days and self.moment_of(day) > moment:
                return self.moment_of(day)
            day += DAY
        return None
