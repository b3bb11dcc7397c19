"""The rota: people host a community week by week, swap and skip, and hear of it in time."""

import datetime
from datetime import UTC

import pytest
import time_machine
from django.urls import reverse

from accounts.models import HiddenPerson
from community.actions import archive, bring_back, remove_member
from discussions.actions import (
    NotTheirs,
    begin_rota,
    leave_seat,
    pick_topic,
    remind_host,
    set_series,
    skip_turn,
    start_weekly_series,
    swap_turns,
    take_seat,
    take_turn,
)
from discussions.models import RotaSeat, Thread, TopicSeries, Turn
from discussions.tasks import look_after_rotas, open_due_topics
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.factories import a_community, a_member, a_person, a_proposal, a_topic, commons_of

MONDAY = datetime.datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def circle(db):
    """A community with Hanna and Ivo as hosts and Jo as a member, all of whom take turns from this Monday on."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        hanna, ivo = a_person("Hanna"), a_person("Ivo")
        community = a_community("Circle", host=hanna)
        a_member(community, "Jo", handle="jo")
        community.memberships.create(user=ivo, role="host")
        begin_rota(community)
        take_seat(by=hanna, person=jo(community), community=community)
        yield community, hanna, ivo, clock


def jo(community):
    return community.memberships.get(user__handle="jo").user


def hosts(community, weeks=None):
    turns = Turn.objects.in_community(community).from_week(datetime.datetime.now(tz=UTC).date())
    return [turn.person.name if turn.person else "-" for turn in turns.with_people()[:weeks]]


def turn_of(community, number):
    return Turn.objects.in_community(community).order_by("week")[number]


def told():
    """Who was told what since the last time one asked."""
    events = list(Event.objects.not_fanned_out())
    for event in events:
        fan_out(event.pk)
    found = Notification.objects.filter(event__in=events).order_by("pk").select_related("person")
    return [(note.person.name, str(note.event.target), note.reason) for note in found]


def test_hosts_take_turns_and_who_comes_later_does_after_two_weeks(circle):
    community, *_people = circle
    assert hosts(community) == ["Hanna", "Ivo", "Jo", "Hanna", "Ivo", "Jo", "Hanna", "Ivo"]
    look_after_rotas()
    look_after_rotas()
    assert hosts(community) == ["Hanna", "Ivo", "Jo", "Hanna", "Ivo", "Jo", "Hanna", "Ivo"]


def test_the_rota_goes_on_by_itself_for_a_year(circle):
    community, _hanna, _ivo, clock = circle
    for _week in range(52):
        clock.shift(WEEK)
        look_after_rotas()
    assert hosts(community) == ["Ivo", "Jo", "Hanna", "Ivo", "Jo", "Hanna", "Ivo", "Jo"]
    assert Turn.objects.count() == 52 + 8


def test_the_host_is_reminded_once_three_days_before_and_a_sole_host_too(circle):
    _community, hanna, ivo, clock = circle
    alone = a_community("Alone", host=hanna)
    begin_rota(alone)
    look_after_rotas()
    week = "You host {} in the week of March {}"
    assert told() == [("Hanna", week.format("Circle", 2), "hosting"), ("Hanna", week.format("Alone", 2), "hosting")]
    clock.shift(3 * DAY)
    look_after_rotas()
    assert told() == []
    clock.shift(DAY)
    for _twice in range(2):
        look_after_rotas()
    assert sorted(told()) == [
        ("Hanna", week.format("Alone", 9), "hosting"),
        ("Ivo", week.format("Circle", 9), "hosting"),
    ]
    assert Notification.objects.visible_to(ivo).get().event.shown_actor.name == "The rota"


def test_nobody_is_reminded_while_the_topics_rest(circle):
    community, hanna, _ivo, _clock = circle
    start_weekly_series(community, hanna)
    TopicSeries.objects.update(next_at=None)
    look_after_rotas()
    assert told() == []


def test_an_archived_community_is_left_as_it_is_and_goes_on_when_it_is_brought_back(circle):
    community, hanna, ivo, clock = circle
    start_weekly_series(community, hanna)
    archive(community=community, by=hanna)
    Turn.objects.all().delete()
    week_later = TopicSeries.objects.get().next_at + WEEK
    clock.move_to(week_later)
    for task in (look_after_rotas, open_due_topics):
        task()
    assert [reason for _who, _what, reason in told() if reason == "hosting"] == []
    assert not Turn.objects.exists()
    assert TopicSeries.objects.get().next_at < week_later
    bring_back(community=community, by=hanna)
    a_proposal(commons_of(community), author=ivo, title="Again")
    for task in (look_after_rotas, open_due_topics):
        task()
    assert Thread.objects.current().get().title == "Again"
    assert len(hosts(community)) == 8


def test_who_left_falls_out_and_the_others_take_over(circle):
    community, hanna, ivo, _clock = circle
    remove_member(community.membership_of(ivo))
    look_after_rotas()
    assert hosts(community) == ["Hanna", "Jo", "Jo", "Hanna", "Jo", "Jo", "Hanna", "Jo"]
    leave_seat(by=hanna, person=jo(community), community=community)
    assert set(hosts(community)) == {"Hanna"}
    leave_seat(by=hanna, person=hanna, community=community)
    assert set(hosts(community)) == {"-"}


def test_a_week_goes_to_whoever_hosts_least_around_it_and_nobody_who_left_is_told(circle):
    community, _hanna, ivo, clock = circle
    ada = a_member(community, "Ada")
    Turn.objects.update(person=None)
    take_seat(by=ada, person=ada, community=community)
    assert hosts(community) == ["Hanna", "Ivo", "Jo", "Ada", "Hanna", "Ivo", "Jo", "Ada"]
    remove_member(community.membership_of(ivo))
    clock.shift(WEEK)
    assert not remind_host(turn_of(community, 1).pk)
    look_after_rotas()
    assert hosts(community, 3) == ["Ada", "Jo", "Ada"]  # Hanna hosted the week before, Jo hosts the next


def test_a_week_is_skipped_swapped_and_taken(circle):
    community, hanna, ivo, _clock = circle
    with pytest.raises(NotTheirs):
        skip_turn(by=jo(community), turn=turn_of(community, 1))
    skip_turn(by=ivo, turn=turn_of(community, 1))
    assert hosts(community, 3) == ["Hanna", "Jo", "Jo"]
    assert told() == [("Jo", "You host Circle in the week of March 9", "hosting")]
    swap_turns(by=jo(community), turn=turn_of(community, 2), other=turn_of(community, 3))
    assert hosts(community, 4) == ["Hanna", "Jo", "Hanna", "Jo"]
    assert told() == [("Hanna", "You host Circle in the week of March 16", "hosting")]
    assert Notification.objects.visible_to(hanna).get().event.shown_actor == jo(community)
    look_after_rotas()
    take_seat(by=ivo, person=ivo, community=community)
    assert hosts(community, 4) == ["Hanna", "Jo", "Hanna", "Jo"]  # what somebody said stands
    for person in (ivo, jo(community)):
        leave_seat(by=person, person=person, community=community)
    skip_turn(by=hanna, turn=turn_of(community, 2))
    look_after_rotas()
    assert hosts(community, 4) == ["Hanna", "Hanna", "-", "Hanna"]
    ana = a_member(community, "Ana")
    for _twice in range(2):
        take_turn(by=ana, turn=turn_of(community, 2))
    with pytest.raises(NotTheirs):
        take_turn(by=ivo, turn=turn_of(community, 2))
    assert hosts(community, 3) == ["Hanna", "Hanna", "Ana"]


def test_a_topic_opens_in_the_name_of_who_has_the_turn_and_they_say_which(circle):
    community, hanna, ivo, clock = circle
    commons, week = commons_of(community), MONDAY + WEEK
    start_weekly_series(community, hanna)
    a_proposal(commons, author=hanna)
    wanted = a_proposal(commons, author=ivo)
    with pytest.raises(NotTheirs):
        pick_topic(by=jo(community), thread=wanted, first=True)
    swap_turns(by=hanna, turn=turn_of(community, 1), other=turn_of(community, 2))
    pick_topic(by=jo(community), thread=wanted, first=True)
    clock.move_to(week.replace(hour=9))
    open_due_topics()
    assert Thread.objects.current().get() == wanted
    assert Event.objects.get(verb="opened").actor == jo(community)


def test_hosts_hear_once_that_nothing_is_proposed(circle):
    community, hanna, ivo, clock = circle
    HiddenPerson.objects.create(person=ivo, hidden=hanna)
    commons, friday = commons_of(community), MONDAY + 4 * DAY
    times = {"rhythm": "weekly", "starts_on": friday.date(), "at": datetime.time(9), "time_zone": "UTC"}
    set_series(by=hanna, place=commons, times=times)
    open_due_topics()
    assert told() == []
    clock.shift(2 * DAY)
    for _twice in range(2):
        open_due_topics()
    words = ("Nothing is proposed for the next topic", "hosting")
    assert sorted(told()) == [("Hanna", *words), ("Ivo", *words)]
    clock.shift(WEEK)
    open_due_topics()
    assert told() == []
    a_proposal(commons, author=ivo)
    clock.move_to((friday + WEEK).replace(hour=9))
    open_due_topics()
    assert [what for _who, what, reason in told() if reason == "hosting"] == []
    a_topic(commons, asker=hanna, days=8)  # by hand, for the next one's days
    clock.shift(5 * DAY)
    open_due_topics()
    assert [what for _who, what, reason in told() if reason == "hosting"] == []
    clock.shift(WEEK)
    open_due_topics()
    assert sorted(who for who, _what, reason in told() if reason == "hosting") == ["Hanna", "Ivo"]


def test_hosts_of_a_practice_are_led_to_a_series_as_long_as_there_is_none(client_of, circle):
    community, hanna, _ivo, _clock = circle
    series = reverse("topic_series", args=[community.slug])
    pages = [client_of(person).get(community.get_absolute_url()).content.decode() for person in (hanna, jo(community))]
    assert [series in page for page in pages] == [True, False]
    assert all("Hanna hosts this week" in page for page in pages)
    start_weekly_series(community, hanna)
    page = client_of(hanna).get(community.get_absolute_url()).content.decode()
    assert series not in page
    assert "Every Monday at 9" in page


def test_the_page_of_the_rota(world, client_of):
    rota, seats = reverse("rota", args=["heron"]), reverse("take_seat", args=["heron"])
    bo, fay = client_of(world.bo), client_of(world.fay)
    assert "Nobody takes turns yet." in bo.get(rota).content.decode()
    assert bo.post(seats).url == rota
    assert bo.post(seats, {"handle": "al"}).status_code == 403
    for wrong in ("cy", "nobody"):
        refused = fay.post(seats, {"handle": wrong})
        assert refused.status_code == 422
        assert f'value="{wrong}"' in refused.content.decode()
    assert fay.post(seats, {"handle": "@fay"}).url == rota
    assert [seat.person for seat in RotaSeat.objects.order_by("pk")] == [world.bo, world.fay]
    turn = Turn.objects.of(world.bo).from_week(datetime.datetime.now(tz=UTC).date()).first()
    assert "Bo Lindqvist hosts this week" in bo.get("/c/heron/").content.decode()
    assert "your turn" in bo.get(rota).content.decode()
    assert bo.post(reverse("swap_turns", args=["heron", turn.pk]), {"other": "x"}).url == rota
    assert bo.post(reverse("skip_turn", args=["heron", turn.pk])).url == rota
    assert "Fay Okafor hosts this week" in bo.get("/c/heron/").content.decode()
    assert client_of(world.al).post(reverse("skip_turn", args=["heron", turn.pk])).status_code == 403
    assert bo.post(reverse("leave_seat", args=["heron", "fay"])).status_code == 403
    assert fay.post(reverse("leave_seat", args=["heron", "bo"])).url == rota
    assert RotaSeat.objects.get().person == world.fay
