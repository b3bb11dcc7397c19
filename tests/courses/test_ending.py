"""The last day of a cohort: set and moved, told 14 and 3 days before, and what happens when it is over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from community.models import Community, Membership
from courses.actions import set_end, undo_turn
from courses.models import Cohort, Graduation
from courses.tasks import keep_ends
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_member

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)  # a Monday


@pytest.fixture
def cohort(world, time_machine):
    """One that started four weeks ago and ends in twenty days."""
    time_machine.move_to(NOON, tick=False)
    cohort = world.cohort
    cohort.starts_on, cohort.ends_on = date(2026, 8, 10), date(2026, 9, 27)
    cohort.save(update_fields=["starts_on", "ends_on"])
    return cohort


def told():
    return list(
        Event.objects.order_by("pk")
        .filter(verb__in=["will_end", "graduated", "shifted"])
        .values_list("verb", flat=True)
    )


def season(cohort):
    return Community.objects.get(pk=cohort.community_id).season


def run_on(time_machine, day, hour=12):
    """What the beat does on a day of September, twice: two beats do it once."""
    time_machine.move_to(datetime(2026, 9, day, hour, tzinfo=UTC), tick=False)
    keep_ends()
    keep_ends()


def test_everybody_hears_of_it_14_and_3_days_before_and_it_turns_when_the_day_is_over(cohort, time_machine):
    for day, so_far in (
        (12, []),
        (13, ["will_end"]),
        (23, ["will_end"]),
        (24, ["will_end"] * 2),
        (27, ["will_end"] * 2),
    ):
        run_on(time_machine, day)
        assert told() == so_far, f"on {day} September"
    assert season(cohort) == "cohort"
    run_on(time_machine, 28)
    assert told() == ["will_end", "will_end", "graduated"]
    assert season(cohort) == "practice"
    assert Graduation.objects.get().turned_by is None


def test_the_host_in_whose_name_it_is_said_hears_of_it_too(world, cohort, time_machine, client_of):
    run_on(time_machine, 13)
    fan_out(Event.objects.get(verb="will_end").pk)
    assert {one.person for one in Notification.objects.all()} == {world.alice, world.fay, world.bo, world.al}
    bo = client_of(world.bo)
    assert "Heron cohort ends on Sept. 27, 2026" in bo.get("/notifications/").content.decode()
    assert "The course ends on Sept. 27, 2026." in bo.get("/c/heron/").content.decode()


def test_of_what_nobody_ran_for_only_the_last_is_said(cohort, time_machine):
    run_on(time_machine, 25)
    assert told() == ["will_end"]


def test_postponed_it_is_said_and_told_anew(world, cohort, time_machine):
    run_on(time_machine, 24)
    set_end(cohort=cohort, by=world.alice, ends_on=date(2026, 9, 30))
    set_end(cohort=cohort, by=world.alice, ends_on=date(2026, 9, 30))
    assert told() == ["will_end", "shifted"]
    run_on(time_machine, 28)
    assert told() == ["will_end", "shifted", "will_end"]
    set_end(cohort=cohort, by=world.alice, ends_on=None)
    run_on(time_machine, 30)
    assert season(cohort) == "cohort"


@pytest.mark.parametrize(
    ("zone", "ends_on", "still", "over"),
    [
        ("Pacific/Kiritimati", "2028-02-29", "2028-02-29 09:59", "2028-02-29 10:00"),  # 14 ahead
        ("Etc/GMT+12", "2028-02-29", "2028-03-01 11:59", "2028-03-01 12:00"),  # 12 behind
        ("Europe/Berlin", "2026-10-24", "2026-10-24 21:59", "2026-10-24 22:00"),  # the night the clocks change
        ("Asia/Beirut", "2026-03-28", "2026-03-28 21:59", "2026-03-28 22:00"),  # where there is no midnight
    ],
)
def test_a_day_is_over_at_midnight_of_the_cohorts_own_zone(cohort, time_machine, zone, ends_on, still, over):
    cohort.time_zone, cohort.ends_on, cohort.starts_on = zone, date.fromisoformat(ends_on), date(2026, 1, 5)
    cohort.save(update_fields=["time_zone", "ends_on", "starts_on"])
    for at, expected in ((still, "cohort"), (over, "practice")):
        time_machine.move_to(datetime.fromisoformat(at).replace(tzinfo=UTC), tick=False)
        keep_ends()
        assert season(cohort) == expected


def test_undone_after_its_day_it_does_not_turn_again_by_itself(world, cohort, time_machine):
    run_on(time_machine, 28)
    undo_turn(cohort=cohort, by=world.alice)
    run_on(time_machine, 29)
    assert season(cohort) == "cohort"
    assert Cohort.objects.get(pk=cohort.pk).ends_on is None


def test_undone_before_its_day_it_ends_on_it(world, cohort, client_of, time_machine):
    hal = client_of(a_member(world.community, role=Membership.Role.HOST))
    hal.post(reverse("turn_season", args=["heron"]), {"key": "0" * 32})
    hal.post(reverse("undo_turn", args=["heron"]))
    run_on(time_machine, 28)
    assert season(cohort) == "practice"


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-09-06", "That day is over."), ("2026-02-30", "Enter a valid date."), ("2026-09-08", "before it starts")],
)
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(world, cohort, client_of, day, words):
    if "starts" in words:
        cohort.starts_on = date(2026, 10, 1)
        cohort.save(update_fields=["starts_on"])
    response = client_of(world.alice).post(reverse("set_end", args=["heron"]), {"ends_on": day})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert f'value="{day}"' in response.content.decode()
    assert Cohort.objects.get(pk=cohort.pk).ends_on == date(2026, 9, 27)


def test_the_day_itself_can_be_the_last_by_the_cohorts_calendar(world, cohort, client_of):
    cohort.time_zone = "Etc/GMT+12"
    cohort.save(update_fields=["time_zone"])
    today = (NOON - timedelta(hours=12)).date()
    assert NOON.astimezone(ZoneInfo("Etc/GMT+12")).date() == today
    client_of(world.alice).post(reverse("set_end", args=["heron"]), {"ends_on": today})
    assert Cohort.objects.get(pk=cohort.pk).ends_on == today


def test_what_fails_for_one_cohort_is_logged_and_holds_up_no_other(cohort, time_machine, monkeypatch, logged_errors):
    def fails(cohort_id):
        raise RuntimeError

    monkeypatch.setattr("courses.actions.keep_end", fails)
    run_on(time_machine, 28)
    assert [record.getMessage()[:11] for record in logged_errors] == ["What is due"] * 2
    logged_errors.clear()
