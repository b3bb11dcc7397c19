"""Digests are made when their time has come: once, whatever runs twice, late or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications.actions import change_mail, record_event, schedule_digests
from notifications.models import Delivery, Event, MailSettings
from notifications.models.planned import newest_settled_event
from tests.factories import a_thread

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Digest = Delivery.Kind.DIGEST


@pytest.fixture
def clock(world):
    """Noon on a Thursday, with everybody's digest planned for seven in the morning, UTC."""
    with time_machine.travel(NOON, tick=False) as clock:
        schedule_digests()
        yield clock


def made(person):
    return list(Delivery.objects.of(person).of_kind(Digest).order_by("pk").values_list("period", flat=True))


def sent():
    """What waits is sent by now."""
    Delivery.objects.of_kind(Digest).waiting().update(state="sent", done_at=datetime.now(tz=UTC))


def next_of(person):
    return MailSettings.objects.get(person=person).next_digest_at


def test_everybody_gets_one_a_day_at_their_hour(world, clock):
    for _time in range(24):
        clock.shift(3 * HOUR)
        schedule_digests()
        sent()
    assert made(world.bo) == ["2026-11-27 UTC", "2026-11-28 UTC", "2026-11-29 UTC"]


def test_two_beats_make_one(world, clock):
    clock.shift(19 * HOUR)
    assert schedule_digests() > 0
    assert schedule_digests() == 0
    assert made(world.bo) == ["2026-11-27 UTC"]


def test_the_same_row_made_twice_is_one(world, clock):
    """As when a transaction is undone that planned the next one, but not the row."""
    clock.shift(19 * HOUR)
    schedule_digests()
    sent()
    MailSettings.objects.update(next_digest_at=datetime(2026, 11, 27, 7, tzinfo=UTC))
    schedule_digests()
    assert made(world.bo) == ["2026-11-27 UTC"]


@pytest.mark.parametrize("hours_late", [6, 22, 24 * 9])
def test_after_hours_without_a_beat_it_catches_up_once(world, clock, hours_late):
    clock.shift(19 * HOUR + hours_late * HOUR)
    schedule_digests()
    assert made(world.bo) == ["2026-11-27 UTC"]
    assert next_of(world.bo) - datetime.now(tz=UTC) >= 6 * HOUR
    assert next_of(world.bo).hour == 7


def test_a_clock_that_is_an_hour_off_brings_no_second_one(world, clock):
    clock.shift(18 * HOUR)  # six in the morning
    with time_machine.travel(NOON + 19 * HOUR, tick=False):
        schedule_digests()
    sent()
    for _quarter in range(12):
        clock.shift(HOUR / 4)
        schedule_digests()
    assert made(world.bo) == ["2026-11-27 UTC"]
    assert next_of(world.bo) == datetime(2026, 11, 28, 7, tzinfo=UTC)


def test_one_that_still_waits_tells_what_is_new_instead_of_a_second_one(world, clock):
    clock.shift(19 * HOUR)
    schedule_digests()
    before = Delivery.objects.of(world.bo).get().up_to
    thread = a_thread(world.place, author=world.fay)
    Event.objects.update(fanned_out_at=NOON)
    clock.shift(DAY)
    schedule_digests()
    assert made(world.bo) == ["2026-11-27 UTC"]
    assert Delivery.objects.of(world.bo).get().up_to == Event.objects.newest() > before
    assert thread


def test_another_time_zone_counts_from_the_next_minute_on(world, clock):
    world.bo.time_zone = "Pacific/Auckland"  # where it is one in the morning of the 27th
    world.bo.save(update_fields=["time_zone"])
    schedule_digests()
    assert next_of(world.bo) == datetime(2026, 11, 26, 18, tzinfo=UTC)
    assert next_of(world.fay) == datetime(2026, 11, 27, 7, tzinfo=UTC)


def test_who_is_gone_or_stopped_mail_gets_none(world, clock):
    world.bo.is_active = False
    world.bo.save(update_fields=["is_active"])
    MailSettings.objects.filter(person=world.fay).update(stopped_at=NOON)
    clock.shift(DAY)
    schedule_digests()
    assert (made(world.bo), made(world.fay), made(world.al)) == ([], [], ["2026-11-27 UTC"])


def test_who_wants_digests_again_gets_nothing_of_the_time_without(world, clock):
    change_mail(person=world.bo, frequency="never")
    a_thread(world.place, author=world.fay)
    old = Event.objects.newest()
    clock.shift(30 * DAY)
    change_mail(person=world.bo, frequency="daily")
    assert MailSettings.objects.get(person=world.bo).digested_up_to == old


def test_a_digest_reaches_no_further_than_everybody_was_told(world, clock):
    a_thread(world.place, author=world.fay)
    Event.objects.update(fanned_out_at=NOON, created_at=NOON - DAY)
    told = Event.objects.newest()
    waiting = record_event(Event.Verb.STARTED, actor=world.fay, place=world.place, target=a_thread(world.place))
    Event.objects.exclude(pk=waiting.pk).update(fanned_out_at=NOON)
    clock.shift(5)  # seconds: some that took an earlier id may not have appeared yet
    assert newest_settled_event(datetime.now(tz=UTC)) == told
    clock.shift(60)
    assert newest_settled_event(datetime.now(tz=UTC)) == waiting.pk - 1
    clock.shift(DAY)  # what fails for so long holds up nothing
    assert newest_settled_event(datetime.now(tz=UTC)) == waiting.pk


def test_many_are_made_in_hardly_more_queries_than_few(world, clock):
    counts = []
    for more in (range(60), range(0)):
        clock.shift(DAY)
        with CaptureQueriesContext(connection) as few_or_many:
            schedule_digests()
        counts.append(len(few_or_many))
        sent()
        User.objects.bulk_create([User(email=f"{n}@many.example.org", handle=f"many_{n}", name="One") for n in more])
        schedule_digests()
    assert counts[1] <= counts[0] + 2 < 25  # SQLite takes an update of many in parts
