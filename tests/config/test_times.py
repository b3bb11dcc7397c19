"""How times read: `{{ at|ago }}`, `{{ at|full_time }}`, `{{ at|machine_time }}`."""

from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from config.templatetags.weft import ago, full_time, machine_time

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with mock.patch.object(timezone, "now", return_value=NOON):
        yield


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=25), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "March 11"),
        (timedelta(days=100), "Dec. 8, 2025"),
        (-timedelta(seconds=30), "just now"),
        (-timedelta(minutes=5), "in 5 min"),
        (-timedelta(hours=3), "in 3 h"),
        (-timedelta(hours=26), "tomorrow"),
        (-timedelta(days=3), "in 3 days"),
    ],
)
def test_ago_says_it_in_the_fewest_words(back, words):
    assert ago(NOON - back) == words


def test_yesterday_is_the_readers_yesterday():
    at = NOON - timedelta(hours=36)  # midnight in Greenwich: two days ago by the calendar of Los Angeles
    assert ago(at) == "yesterday"
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert ago(at) == "2 days ago"


def test_the_full_time_is_the_readers_and_names_its_zone():
    with timezone.override(ZoneInfo("Europe/Zagreb")):
        assert full_time(NOON) == "March 18, 2026, 1 p.m. CET"


def test_the_time_for_machines_is_in_greenwich():
    assert machine_time(NOON.astimezone(ZoneInfo("Asia/Tokyo"))) == "2026-03-18T12:00:00Z"
