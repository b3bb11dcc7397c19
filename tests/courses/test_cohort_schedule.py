"""The page on which the dates of a cohort are looked at and moved: a preview of a shift, then the shift."""

import re
from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from community.actions import join
from courses.actions import add_step, time_units
from courses.models import Shift
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.courses.test_unit_page import queries_of
from tests.factories import a_cohort, place_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def cohort(world):
    """Of Alice and Bo; it starts on 2 March, a Monday, and its second unit opens in week 3."""
    time_units(world.course, {world.units[1].pk: (3, 1, time(9))})
    add = {"kind": "topic", "title": "Of the week", "body": "?", "week": 2, "weekday": 0, "time": time(10)}
    add_step(course=world.course, key=uuid4(), **add)
    with time_machine.travel(NOW, tick=False):
        yield a_cohort(world.course, host=world.alice, members=(world.bo,), days_ago=-1, title="Egret")


@pytest.fixture
def alice(world, client_of):
    return client_of(world.alice)


def page(cohort, name="cohort_schedule", *more):
    return reverse(name, args=[cohort.community.slug, *more])


def plan(client, cohort, **more):
    words = {
        "starts_on": cohort.starts_on,
        "time_zone": cohort.time_zone,
        "holidays": "",
        "shift_days": 0,
        "tells": "on",
        "key": uuid4(),
    } | more
    return client.post(page(cohort, "replan_cohort"), words)


def seen_in(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def day_of(cohort, unit):
    return f"{place_of(unit, cohort.community).opens_at:%m-%d}"


def test_a_shift_is_shown_before_it_is_made_and_everybody_hears_of_it(world, cohort, alice):
    key = uuid4()
    shown = plan(alice, cohort, shift_days=7, key=key)
    words = " ".join(shown.content.decode().split())
    assert "2 dates would be others." in words
    assert "1 person of the cohort hears of it." in words
    assert "Tue 17 Mar 2026, 09:00" in words
    assert "Tue 24 Mar 2026, 09:00" in words
    assert day_of(cohort, world.units[1]) == "03-17", "nothing was done"
    made = {"shift_days": 7, "key": key, "seen": seen_in(shown)}
    for _ in range(2):
        assert plan(alice, cohort, **made).status_code == 302
    assert day_of(cohort, world.units[1]) == "03-24"
    event = Event.objects.get(verb="shifted")
    fan_out(event.pk)
    assert [told.person for told in Notification.objects.all()] == [world.bo]


def test_bo_reads_of_it_and_finds_the_dates(world, cohort, alice, client_of):
    plan(alice, cohort, shift_days=7, seen=seen_in(plan(alice, cohort, shift_days=7)))
    fan_out(Event.objects.get(verb="shifted").pk)
    words = client_of(world.bo).get("/notifications/").content.decode()
    assert "2 dates are others now" in words
    url = f"/courses/{world.course.slug}/?with={cohort.community.slug}"
    assert url in words
    assert "Opens on March 24, 2026" in client_of(world.bo).get(url).content.decode()


def test_without_the_tick_nobody_hears_of_it(cohort, alice):
    plan(alice, cohort, shift_days=7, tells="", seen=seen_in(plan(alice, cohort, shift_days=7)))
    assert Event.objects.get(verb="shifted").fanned_out_at
    assert Shift.objects.get().count == 2


def test_when_dates_changed_meanwhile_the_new_preview_is_shown_and_nothing_done(world, cohort, alice):
    seen = seen_in(plan(alice, cohort, shift_days=7))
    plan(alice, cohort, shift_days=1, seen=seen_in(plan(alice, cohort, shift_days=1)))
    again = plan(alice, cohort, shift_days=7, seen=seen)
    assert again.status_code == 409
    assert "Meanwhile other dates were saved" in again.content.decode()
    assert day_of(cohort, world.units[1]) == "03-18"
    assert plan(alice, cohort, shift_days=7, seen=seen_in(again)).status_code == 302
    assert day_of(cohort, world.units[1]) == "03-25"


def test_one_date_is_moved_by_hand(world, cohort, alice):
    row = cohort.dates.get(step__unit=world.units[1])
    url = page(cohort, "move_date", row.pk)
    assert alice.post(url, {"day": "2026-03-05", "at": "18:00", "key": uuid4()}).status_code == 302
    assert place_of(world.units[1], cohort.community).opens_at == datetime(2026, 3, 5, 18, tzinfo=UTC)
    assert ">moved<" in alice.get(page(cohort)).content.decode()
    with time_machine.travel(datetime(2026, 3, 6, tzinfo=UTC), tick=False):
        answer = alice.post(url, {"day": "2026-03-19", "at": "18:00", "key": uuid4()})
    assert answer.status_code == 422
    assert "It has come by now" in answer.content.decode()


@pytest.mark.parametrize("days", ["400", "x", ""])
def test_a_shift_by_no_number_of_days_is_refused_and_the_rest_kept(cohort, alice, days):
    response = plan(alice, cohort, shift_days=days, holidays="2026-03-17 Kept")
    assert response.status_code == 422
    assert "2026-03-17 Kept" in response.content.decode()


def test_a_cohort_that_has_begun_keeps_its_start(cohort, alice):
    with time_machine.travel(datetime(2026, 3, 4, tzinfo=UTC), tick=False):
        assert 'name="starts_on"' not in alice.get(page(cohort)).content.decode()
        plan(alice, cohort, starts_on="2026-05-04", seen=seen_in(plan(alice, cohort, starts_on="2026-05-04")))
    cohort.refresh_from_db()
    assert f"{cohort.starts_on}" == "2026-03-02"


def test_the_end_is_shifted_along_unless_another_day_is_named(cohort, alice):
    for words, end in (
        ({"ends_on": "2026-04-30"}, "2026-04-30"),
        ({"ends_on": "2026-04-30", "shift_days": 7}, "2026-05-07"),
        ({"ends_on": "2026-05-29", "shift_days": 7}, "2026-05-29"),
    ):
        plan(alice, cohort, **words, seen=seen_in(plan(alice, cohort, **words)))
        cohort.refresh_from_db()
        assert f"{cohort.ends_on}" == end


def test_on_other_clocks_all_comes_at_the_same_time_of_day(world, cohort, alice):
    words = {"time_zone": "Pacific/Kiritimati"}
    plan(alice, cohort, **words, seen=seen_in(plan(alice, cohort, **words)))
    first, second = (place_of(unit, cohort.community).opens_at for unit in world.units[:2])
    assert first == datetime(2026, 3, 1, 10, tzinfo=UTC), "midnight of the 2nd of March"
    assert second == datetime(2026, 3, 16, 19, tzinfo=UTC), "nine in the morning of the 17th"


def test_a_facilitator_looks_at_the_dates_and_moves_none(world, cohort, client_of):
    join(cohort.community, world.fay, role="facilitator")
    words = client_of(world.fay).get(page(cohort)).content.decode()
    assert "Tue 17 Mar 2026, 09:00" in words
    assert "Show what changes" not in words
    assert page(cohort, "move_date", cohort.dates.first().pk) not in words
    assert client_of(world.bo).get(page(cohort)).status_code == 404


def test_those_who_facilitate_see_what_the_schedule_brings_next(world, cohort, client_of):
    words = client_of(world.alice).get(page(cohort, "facilitate")).content.decode()
    section = words.partition('aria-labelledby="coming"')[2].partition("</section>")[0]
    assert re.findall(r'class="t" dir="auto">([^<]*)<', section) == ["Of the week", world.units[1].title]
    assert "Tue 17 Mar 2026, 09:00" in section


def test_members_and_facilitators_move_nothing(world, cohort, client_of):
    for person in (world.bo, world.fay):
        assert plan(client_of(person), cohort, shift_days=7).status_code == 404


def test_the_page_asks_as_much_for_many_dates_as_for_few(world, cohort, alice):
    few = queries_of(alice, page(cohort))
    for week in range(3, 12):
        words = {"kind": "prompt", "title": f"Week {week}", "body": "?", "week": week, "weekday": 0, "time": time(10)}
        add_step(course=world.course, key=uuid4(), **words)
    plan(alice, cohort, seen=seen_in(plan(alice, cohort)))
    assert queries_of(alice, page(cohort)) == few
