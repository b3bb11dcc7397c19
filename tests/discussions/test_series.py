"""Topic series: at its times a community's next proposed topic opens by itself, once."""

import datetime
from datetime import UTC
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from community.actions import remove_member
from community.models import Membership
from discussions.actions import (
    delete_post,
    open_next_topic,
    rest_series,
    set_series,
    start_weekly_series,
    stop_series,
    vote,
)
from discussions.models import Rhythm, Thread, TopicSeries
from discussions.tasks import open_due_topics
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_community, a_member, a_person, a_proposal, a_topic, commons_of

MONDAY = datetime.datetime(2026, 3, 2, 7, tzinfo=UTC)
WEEK = datetime.timedelta(days=7)


def times(**more):
    usual = {"rhythm": "weekly", "starts_on": datetime.date(2026, 3, 2), "at": datetime.time(9), "time_zone": "UTC"}
    return usual | more


def a_series(**more):
    return TopicSeries(**times(**more))


def next_times(series, after, count):
    found = []
    for _n in range(count):
        after = series.next_after(after)
        found.append(f"{after:%a %d %b %H:%M}")
    return found


@pytest.fixture
def circle(db):
    """A community whose topics open on Mondays at 9:00 UTC, on the Monday before the first one."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        host = a_person("Hanna")
        community = a_community("Circle", host=host)
        set_series(by=host, place=commons_of(community), times=times())
        yield community, host, clock


def opened(community):
    found = Thread.objects.of(community).topics().order_by("opens_at")
    return [(thread.title, str(thread.starts_on), str(thread.ends_on)) for thread in found]


@pytest.mark.once
@pytest.mark.parametrize(
    ("said", "after", "expected"),
    [
        # 9:00 in Berlin stays 9:00 when the clocks go forward on 29 March and back on 25 October.
        ({"time_zone": "Europe/Berlin"}, (2026, 3, 20), ["Mon 23 Mar 08:00", "Mon 30 Mar 07:00", "Mon 06 Apr 07:00"]),
        ({"time_zone": "Europe/Berlin"}, (2026, 10, 15), ["Mon 19 Oct 07:00", "Mon 26 Oct 08:00"]),
        # 2:30 is left out on 29 March and comes twice on 25 October: one topic each day all the same.
        (
            {"rhythm": "daily", "at": datetime.time(2, 30), "time_zone": "Europe/Berlin"},
            (2026, 3, 27, 12),
            ["Sat 28 Mar 01:30", "Sun 29 Mar 01:30", "Mon 30 Mar 00:30"],
        ),
        (
            {"rhythm": "daily", "at": datetime.time(2, 30), "time_zone": "Europe/Berlin"},
            (2026, 10, 23, 12),
            ["Sat 24 Oct 00:30", "Sun 25 Oct 00:30", "Mon 26 Oct 01:30"],
        ),
        ({"time_zone": "Pacific/Kiritimati"}, (2026, 3, 1), ["Sun 01 Mar 19:00", "Sun 08 Mar 19:00"]),
        ({"time_zone": "Etc/GMT+12"}, (2026, 3, 1), ["Mon 02 Mar 21:00", "Mon 09 Mar 21:00"]),
        ({"rhythm": "workdays"}, (2026, 3, 5, 12), ["Fri 06 Mar 09:00", "Mon 09 Mar 09:00"]),
        ({"rhythm": "fortnightly"}, (2026, 3, 5), ["Mon 16 Mar 09:00", "Mon 30 Mar 09:00"]),
        ({"starts_on": datetime.date(2028, 2, 29)}, (2026, 3, 5), ["Tue 29 Feb 09:00", "Tue 07 Mar 09:00"]),
        # A day that Samoa never had, when it went to the other side of the date line.
        (
            {"rhythm": "daily", "starts_on": datetime.date(2011, 12, 1), "time_zone": "Pacific/Apia"},
            (2011, 12, 29),
            ["Thu 29 Dec 19:00", "Fri 30 Dec 19:00", "Sat 31 Dec 19:00"],
        ),
    ],
)
def test_a_series_keeps_its_time_of_day_on_its_own_clock(said, after, expected):
    series = a_series(**said)
    moment = datetime.datetime(*after, tzinfo=UTC)
    assert next_times(series, moment, len(expected)) == expected
    assert series.last_until(series.next_after(moment)) == series.next_after(moment)


def test_what_most_people_want_opens_at_its_time_and_everybody_hears_of_it(circle):
    community, host, clock = circle
    commons, bo, al = commons_of(community), a_member(community, "Bo"), a_member(community, "Al")
    a_proposal(commons, author=al, title="Second")
    wanted = a_proposal(commons, author=bo, title="First")
    for person in (al, host):
        vote(person=person, thread=wanted, for_it=True)
    open_due_topics()
    assert opened(community) == []
    clock.move_to(MONDAY.replace(hour=9))
    open_due_topics()
    assert opened(community) == [("First", "2026-03-02", "2026-03-08")]
    topic = Thread.objects.current().get()
    assert topic.current_until == MONDAY.replace(hour=9) + WEEK
    event = Event.objects.get(verb="opened")
    fan_out(event.pk)
    told = dict(Notification.objects.filter(event=event).values_list("person", "reason"))
    assert told == {bo.pk: "yours", al.pk: "asked"}
    clock.shift(WEEK)
    open_due_topics()
    assert opened(community) == [("First", "2026-03-02", "2026-03-08"), ("Second", "2026-03-09", "2026-03-15")]


def test_two_workers_at_once_open_one_topic(circle):
    community, _host, clock = circle
    for _n in range(2):
        a_proposal(commons_of(community))
    clock.move_to(MONDAY.replace(hour=9))
    series = TopicSeries.objects.get()
    assert open_next_topic(series.pk) is not None
    assert open_next_topic(series.pk) is None
    open_due_topics()
    assert len(opened(community)) == 1


def test_a_worker_that_dies_half_way_leaves_nothing_half_done(circle, monkeypatch):
    community, _host, clock = circle
    proposal = a_proposal(commons_of(community))
    clock.move_to(MONDAY.replace(hour=9))
    series = TopicSeries.objects.get()
    with monkeypatch.context() as killed:
        killed.setattr("discussions.actions.series.record_event", None)
        with pytest.raises(TypeError):
            open_next_topic(series.pk)
    proposal.refresh_from_db()
    assert proposal.is_proposal
    open_due_topics()
    assert len(opened(community)) == 1
    assert Event.objects.filter(verb="opened").count() == 1


def test_weeks_in_which_nothing_ran_are_not_made_up_for(circle):
    community, _host, clock = circle
    for title in ("First", "Second", "Third"):
        a_proposal(commons_of(community), title=title)
    clock.move_to(MONDAY + 2 * WEEK + datetime.timedelta(days=2))
    open_due_topics()
    open_due_topics()
    assert opened(community) == [("First", "2026-03-16", "2026-03-22")]
    assert TopicSeries.objects.get().next_at == MONDAY.replace(hour=9) + 3 * WEEK


def test_rights_are_asked_when_the_time_has_come(circle):
    community, _host, clock = circle
    commons = commons_of(community)
    gone, paused, bo = (a_member(community, name) for name in ("Gone", "Paused", "Bo"))
    for person in (gone, paused, bo):
        a_proposal(commons, author=person, title=f"By {person.name}")
    taken_back = a_proposal(commons, author=bo, title="Taken back")
    delete_post(by=bo, post=taken_back.posts.get())
    remove_member(community.memberships.get(user=gone))
    assert {thread.title for thread in Thread.objects.proposals()} == {"By Paused", "By Bo"}
    Membership.objects.filter(user=paused).update(paused_until=timezone.now() + 9 * WEEK)
    for _week in range(3):
        clock.shift(WEEK)
        open_due_topics()
    assert [title for title, *_days in opened(community)] == ["By Bo"]
    assert TopicSeries.objects.get().next_at > timezone.now()


def test_a_topic_set_by_hand_for_these_days_stands(circle):
    community, host, clock = circle
    commons = commons_of(community)
    a_proposal(commons, title="Waits")
    a_topic(commons, asker=host, title="By hand")
    clock.move_to(MONDAY.replace(hour=9))
    open_due_topics()
    assert [title for title, *_days in opened(community)] == ["By hand"]
    clock.shift(WEEK)
    open_due_topics()
    assert [title for title, *_days in opened(community)] == ["By hand", "Waits"]


def test_a_series_that_rests_opens_nothing_and_goes_on_when_it_is_set_again(circle):
    community, host, clock = circle
    commons = commons_of(community)
    a_proposal(commons)
    rest_series(by=host, place=commons)
    clock.shift(2 * WEEK)
    open_due_topics()
    assert opened(community) == []
    set_series(by=host, place=commons, times=times())
    clock.shift(WEEK)
    open_due_topics()
    assert len(opened(community)) == 1


def test_a_practice_begins_with_a_topic_every_monday_at_nine(circle):
    _community, host, _clock = circle
    other = a_community(host=host)
    host.time_zone = "America/New_York"
    series = start_weekly_series(other, host)
    assert (series.rhythm, series.next_at) == (Rhythm.WEEKLY, MONDAY.replace(hour=14))
    stop_series(other)
    assert TopicSeries.objects.get(pk=series.pk).rests
    assert start_weekly_series(other, a_person()) == series
    again = TopicSeries.objects.get(pk=series.pk)
    assert (again.next_at, again.set_by) == (MONDAY.replace(hour=14), host)


@pytest.mark.once
def test_a_year_of_weekly_topics_has_one_for_each_week(circle):
    community, host, clock = circle
    commons = commons_of(community)
    clock.move_to(MONDAY.replace(hour=10))
    set_series(by=host, place=commons, times=times(time_zone="Europe/Berlin"))
    for week in range(52):
        a_proposal(commons, author=host, title=f"Week {week}")
        clock.shift(WEEK)
        open_due_topics()
    found = opened(community)
    assert [title for title, *_days in found] == [f"Week {week}" for week in range(52)]
    assert [last for _title, _first, last in found[:3]] == ["2026-03-15", "2026-03-22", "2026-03-29"]
    starts = [datetime.date.fromisoformat(first) for _title, first, _last in found]
    assert {after - before for before, after in pairwise(starts)} == {WEEK}
    assert TopicSeries.objects.get().next_at.isoformat() == "2027-03-08T08:00:00+00:00"
