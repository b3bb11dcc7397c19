"""When a digest comes by somebody's clock: through both changes of the clocks, and from one zone into another."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.models.timetable import EVERY_FOUR_WEEKS, Timetable

pytestmark = pytest.mark.once
EVERY_DAY = frozenset(range(7))


def a_timetable(zone, hour, days=EVERY_DAY, **more):
    return Timetable(ZoneInfo(zone), hour, frozenset(days), **more)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "after", "expected"),
    [
        ("Europe/Berlin", 7, "2026-03-28T12:00", "2026-03-29T05:00"),  # the clocks go forward in the night before
        ("Europe/Berlin", 7, "2026-10-24T12:00", "2026-10-25T06:00"),
        ("Europe/Berlin", 2, "2026-03-28T12:00", "2026-03-29T01:00"),  # there is no 2:00, so at 3:00
        ("Europe/Berlin", 2, "2026-10-24T12:00", "2026-10-25T00:00"),  # there are two
        ("Europe/Berlin", 2, "2026-10-25T00:00", "2026-10-26T01:00"),  # and the second one brings nothing
        ("Australia/Lord_Howe", 2, "2026-10-03T12:00", "2026-10-03T15:30"),  # half an hour is left out
        ("America/Santiago", 0, "2026-09-05T12:00", "2026-09-06T04:00"),  # midnight is
        ("Asia/Kathmandu", 7, "2026-05-01T01:14", "2026-05-01T01:15"),
        ("Asia/Kathmandu", 7, "2026-05-01T01:15", "2026-05-02T01:15"),
        ("Pacific/Kiritimati", 0, "2026-12-31T09:00", "2026-12-31T10:00"),
    ],
)
def test_it_comes_at_the_hour_of_ones_own_clock(zone, hour, after, expected):
    assert a_timetable(zone, hour).next_after(utc(after)) == utc(expected)


def test_each_date_of_a_year_has_one_in_every_zone_and_at_every_hour():
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"):
        for hour in (0, 1, 2, 3, 23):
            timetable, at = a_timetable(zone, hour), utc("2026-01-01T12:00")
            dates = [timetable.date_of(at := timetable.next_after(at, last=at)) for _day in range(365)]
            assert dates == [dates[0] + timedelta(days=n) for n in range(365)], (zone, hour)


def test_only_the_days_that_were_chosen_count():
    timetable = a_timetable("Europe/Paris", 18, days=(0, 3))
    assert timetable.next_after(utc("2026-11-26T16:59")) == utc("2026-11-26T17:00")  # a Thursday
    assert timetable.next_after(utc("2026-11-26T17:00")) == utc("2026-11-30T17:00")
    assert a_timetable("Europe/Paris", 18, days=()).next_after(utc("2026-11-26T17:00")) is None


def test_a_later_hour_brings_no_second_one_on_the_same_date():
    last = utc("2026-11-26T07:00")
    assert a_timetable("UTC", 20).next_after(utc("2026-11-26T09:00"), last=last) == utc("2026-11-27T20:00")


def test_another_zone_brings_neither_two_at_once_nor_two_on_one_date():
    last = utc("2026-11-25T19:00")  # 8:00 on the 26th in Auckland
    assert a_timetable("America/Los_Angeles", 8).next_after(utc("2026-11-25T20:00"), last=last) == utc(
        "2026-11-26T16:00"
    )
    midnight = utc("2026-11-25T23:00")  # 0:00 on the 26th in Berlin; midnight in Lisbon is an hour later
    assert a_timetable("Europe/Lisbon", 0).next_after(midnight, last=midnight) == utc("2026-11-27T00:00")


def test_every_fourth_week_is_four_weeks_later_and_on_the_weekday():
    timetable = a_timetable("Europe/Rome", 7, days=(2,), every_days=EVERY_FOUR_WEEKS)
    first = timetable.next_after(utc("2026-11-26T07:00"))
    assert first == utc("2026-12-02T06:00")
    assert timetable.next_after(first, last=first) == utc("2026-12-30T06:00")
