"""Weeks and days of a schedule on the calendars of cohorts, on odd dates and in odd zones."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from courses.models import Calendar
from courses.models.calendar import days_between

MONDAY, TUESDAY, FRIDAY, SATURDAY = 0, 1, 4, 5


def a_calendar(starts_on, *holidays, zone="Europe/Berlin"):
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in holidays]
    return Calendar(date.fromisoformat(starts_on), ZoneInfo(zone), days_between(spans))


def day(calendar, week, weekday, **more):
    return calendar.day_of(week, weekday, **more).isoformat()


def test_week_one_is_the_week_of_the_start_and_nothing_comes_before_it():
    calendar = a_calendar("2026-03-04")  # a Wednesday
    assert day(calendar, 1, MONDAY) == "2026-03-04"
    assert day(calendar, 1, FRIDAY) == "2026-03-06"
    assert day(calendar, 3, TUESDAY) == "2026-03-17"


def test_after_a_start_on_a_weekend_week_one_is_the_next_one():
    assert day(a_calendar("2026-03-07"), 1, MONDAY) == "2026-03-09"
    assert day(a_calendar("2032-02-29"), 1, MONDAY) == "2032-03-01", "the 29th of February is a Sunday"


def test_a_cohort_that_starts_on_a_leap_day_counts_on_from_it():
    calendar = a_calendar("2028-02-29")  # a Tuesday
    assert day(calendar, 1, TUESDAY) == "2028-02-29"
    assert day(calendar, 53, TUESDAY) == "2029-02-27"


def test_a_day_off_moves_what_is_on_it_to_the_next_day_and_not_onto_a_weekend():
    calendar = a_calendar("2026-03-02", ("2026-04-03", "2026-04-03"), ("2026-04-06", "2026-04-06"))
    assert day(calendar, 5, FRIDAY) == "2026-04-07", "after Good Friday, the weekend and Easter Monday"
    assert day(calendar, 6, MONDAY) == "2026-04-07"
    assert day(calendar, 5, SATURDAY) == "2026-04-04", "what is meant for a weekend stays on it"


def test_a_week_without_a_working_day_does_not_count():
    calendar = a_calendar("2026-12-07", ("2026-12-21", "2027-01-01"))
    assert day(calendar, 2, TUESDAY) == "2026-12-15"
    assert day(calendar, 3, TUESDAY) == "2027-01-05"
    assert day(calendar, 3, SATURDAY) == "2027-01-09"


def test_a_shift_skips_days_off_as_well():
    calendar = a_calendar("2026-03-02", ("2026-03-17", "2026-03-17"))
    assert day(calendar, 2, TUESDAY, shifted_days=7) == "2026-03-18"
    assert day(calendar, 2, TUESDAY, shifted_days=-30) == "2026-03-02", "nothing comes before the start"


@pytest.mark.parametrize(
    ("zone", "on", "at", "expected"),
    [
        ("Pacific/Kiritimati", "2026-03-02", "09:00", "2026-03-01T19:00"),  # +14
        ("Etc/GMT+12", "2026-03-02", "09:00", "2026-03-02T21:00"),  # -12
        ("Europe/Berlin", "2026-03-27", "09:00", "2026-03-27T08:00"),  # the Friday before summer time
        ("Europe/Berlin", "2026-03-30", "09:00", "2026-03-30T07:00"),  # the Monday after it began
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),  # left out by the clocks: 03:30
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # comes twice: the first time
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),  # half an hour left out: 02:45
    ],
)
def test_nine_in_the_morning_is_that_on_the_clocks_of_the_cohort(zone, on, at, expected):
    calendar = a_calendar(on, zone=zone)
    moment = calendar.moment(date.fromisoformat(on), time.fromisoformat(at))
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert moment.tzinfo == UTC
