"""How long a unit was on the screen: bounded, private, and only of those who let it be counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from courses.actions import set_done_when, stop_counting_reading
from courses.models import Unit, UnitProgress, UnitReading

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def tell(world, client_of):
    """Bo's page, or somebody else's, says that the unit was on the screen."""
    url = reverse("unit_read", args=[world.community.slug, world.unit.slug])

    def told(seconds, share, *, by=world.bo):
        return client_of(by).post(url, {"seconds": seconds, "share": share})

    return told


def noted():
    return list(UnitReading.objects.values_list("person__handle", "seconds", "share"))


def test_what_pages_tell_adds_up_to_no_more_than_the_time_that_passed(world, tell, time_machine):
    time_machine.move_to(NOON, tick=False)
    assert tell(20, 40).status_code == 204
    assert tell(20, 40).status_code == 204  # the same once more, or from another window
    assert noted() == [("bo", 20, 40)]
    time_machine.shift(timedelta(seconds=30))
    tell(30, 70)
    time_machine.shift(timedelta(seconds=10))
    tell(60, 10)
    assert noted() == [("bo", 60, 70)]
    UnitReading.objects.update(seconds=UnitReading.SECONDS_MAX - 5)
    time_machine.shift(timedelta(days=1))
    tell(60, 10)
    assert UnitReading.objects.get().seconds == UnitReading.SECONDS_MAX


@pytest.mark.parametrize(
    ("seconds", "share"), [(61, 1), (-1, 1), (1, 101), (1, -1), ("", 1), (1, ""), ("x", 1), ("9" * 5000, 1)]
)
def test_what_no_page_says_is_refused(world, tell, seconds, share):
    assert tell(seconds, share).status_code == 422
    assert noted() == []


def test_nothing_is_noted_of_who_is_signed_out_or_sees_no_such_unit_or_does_not_want_it(world, tell):
    stop_counting_reading(world.bo)
    statuses = [tell(20, 40, by=person).status_code for person in (None, world.cy, world.ed, world.bo)]
    assert statuses == [401, 404, 404, 204]
    assert noted() == []


@pytest.mark.parametrize(("seconds", "share", "is_read"), [(60, 100, True), (60, 79, False), (9, 100, False)])
def test_a_unit_is_read_when_most_of_it_was_on_the_screen_for_long_enough(world, tell, seconds, share, is_read):
    tell(seconds, share)
    assert (UnitReading.objects.get().read_at is not None) == is_read


def test_long_units_take_longer_and_none_takes_for_ever(world):
    assert not Unit(words=2_200).is_read_after(299, 100)
    assert Unit(words=2_200).is_read_after(300, 100)
    assert Unit(words=1_000_000).is_read_after(600, 80)


def test_the_page_hears_at_once_that_reading_made_the_unit_done(world, tell):
    set_done_when(world.unit, Unit.DoneWhen.READ)
    answer = tell(60, 100)
    assert answer.status_code == 200
    assert "You have read this unit, so you are done with it." in answer.content.decode()
    assert tell(60, 100).status_code == 204


def test_who_stops_being_counted_is_forgotten_and_stays_done(world, client_of, tell):
    set_done_when(world.unit, Unit.DoneWhen.READ)
    tell(60, 100)
    tell(60, 100, by=world.fay)
    client = client_of(world.bo)
    page = client.get("/settings/reading/").content.decode()
    assert "1 min, 100&nbsp;%" in page
    assert client.post("/settings/reading/", {"count": "no"}).url == "/settings/reading/"
    assert noted() == [("fay", 60, 100)]
    assert world.community.memberships.get(user=world.bo).seen_on is None
    assert "You are done with this unit." in client.get(world.place.path).content.decode()
    assert "<reading-time" not in client.get(world.place.path).content.decode()
    client.post("/settings/reading/", {"count": "yes"})
    assert "<reading-time" in client.get(world.place.path).content.decode()
    assert [row.user for row in UnitProgress.objects.all()] == [world.bo]


def test_nobody_sees_what_others_read(world, client_of, tell):
    tell(60, 100)
    for person in (world.alice, world.fay, world.al):
        assert world.unit.title not in client_of(person).get("/settings/reading/").content.decode()
