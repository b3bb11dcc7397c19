"""Digests that nobody opens come less often by themselves, and as before as soon as somebody is back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from community.models import Membership
from notifications.actions import schedule_digests
from notifications.models import Delivery, MailSettings

START = datetime(2026, 6, 1, 12, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)


@pytest.fixture
def clock(world):
    with time_machine.travel(START, tick=False) as clock:
        world.bo.last_login = START
        world.bo.save(update_fields=["last_login"])
        schedule_digests()
        yield clock


def days_pass(clock, days):
    """Day by day, with every digest sent; returns on which days since then Bo's came."""
    came = []
    for day in range(days):
        clock.shift(DAY)
        schedule_digests()
        waiting = Delivery.objects.waiting()
        if waiting.filter(person__handle="bo").exists():
            came.append(day)
        waiting.update(state="sent", done_at=datetime.now(tz=UTC))
    return came


def three_months_pass(clock, person, digests=3):
    """Of which only a few digests are kept, or the test would take long."""
    clock.shift(91 * DAY)
    when = datetime.now(tz=UTC) - 50 * DAY
    for number in range(digests):
        which = {"period": str(number), "message_id": f"<{person.pk}-{number}@example.org>"}
        Delivery.objects.create(person=person, kind="digest", state="sent", done_at=when, **which)
    schedule_digests()
    Delivery.objects.waiting().update(state="sent", done_at=datetime.now(tz=UTC))


def mine(person):
    return MailSettings.objects.get(person=person)


def test_after_three_unopened_months_there_is_one_a_week_instead_of_a_day(world, clock):
    three_months_pass(clock, world.bo)
    assert mine(world.bo).slowed_at is not None
    assert [mine(world.bo).timetable.days, mine(world.al).timetable.days] == [{0}, set(range(7))]
    assert days_pass(clock, 21) == [6, 13, 20]  # Mondays


def test_a_weekly_one_comes_every_four_weeks_instead(world, clock):
    MailSettings.objects.filter(person=world.bo).update(frequency="weekly", days="2")
    three_months_pass(clock, world.bo)
    came = days_pass(clock, 50)
    assert came == [came[0], came[0] + 28]


@pytest.mark.parametrize("sign", ["seen", "signed in", "read", "opened"])
def test_any_sign_of_them_keeps_it_as_it_is(world, clock, sign):
    clock.shift(60 * DAY)
    give_sign(world, sign)
    clock.shift(-60 * DAY)
    three_months_pass(clock, world.bo)
    assert mine(world.bo).slowed_at is None


@pytest.mark.parametrize("sign", ["seen", "signed in", "read", "opened"])
def test_with_the_first_sign_it_is_as_before(world, clock, sign):
    three_months_pass(clock, world.bo)
    clock.shift(DAY)
    schedule_digests()
    assert mine(world.bo).slowed_at is not None
    give_sign(world, sign)
    schedule_digests()
    assert mine(world.bo).slowed_at is None
    assert mine(world.bo).next_digest_at == datetime.now(tz=UTC).replace(hour=7) + DAY


def give_sign(world, sign):
    now = datetime.now(tz=UTC)
    if sign == "seen":
        Membership.objects.filter(user=world.bo).update(seen_on=now.date())
    elif sign == "signed in":
        world.bo.last_login = now
        world.bo.save(update_fields=["last_login"])
    elif sign == "read":
        world.bo.notifications.create(event=an_event(world), reason="yours", read_at=now)
    else:
        MailSettings.objects.filter(person=world.bo).update(opened_at=now)


def an_event(world):
    return world.place.events.create(verb="started", actor=world.fay, target=world.place, fanned_out_at=START)


def test_who_got_hardly_any_is_left_as_they_are(world, clock):
    three_months_pass(clock, world.bo, digests=2)
    assert mine(world.bo).slowed_at is None


def test_who_does_not_want_to_be_counted_is_left_as_they_are(world, clock):
    world.fay.is_reading_counted = False
    world.fay.save(update_fields=["is_reading_counted"])
    three_months_pass(clock, world.fay, digests=3)
    assert mine(world.fay).slowed_at is None


def test_the_page_of_the_settings_says_so_and_takes_it_back(world, clock, client_of):
    three_months_pass(clock, world.bo)
    bo = client_of(world.bo)
    page = bo.get(reverse("mail_settings")).content.decode()
    assert "Your digests come less often at the moment." in page
    assert "there is one a week" in page
    bo.post(reverse("restart_mail"))
    assert mine(world.bo).slowed_at is None
    assert "less often" not in bo.get(reverse("mail_settings")).content.decode()
