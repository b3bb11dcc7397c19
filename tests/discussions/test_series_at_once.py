"""Workers and people at the same moment, about topics that open by themselves."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from discussions.actions import (
    delete_post,
    open_next_topic,
    remind_host,
    set_series,
    swap_turns,
    take_seat,
    vote,
)
from discussions.models import Thread, TopicSeries, Turn
from discussions.tasks import look_after_rotas, open_due_topics
from notifications.models import Event
from tests.discussions.test_at_once import at_once
from tests.factories import a_member, a_proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def due(world):
    """A series of Bo's cohort that is due, and three proposals."""
    times = {"rhythm": "daily", "starts_on": timezone.localdate() - timedelta(days=2), "time_zone": "UTC"}
    set_series(by=world.fay, place=world.commons, times=times | {"at": time(9)})
    proposals = [a_proposal(world.commons, author=person) for person in (world.bo, world.al, world.fay)]
    TopicSeries.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    return TopicSeries.objects.get(), proposals


def test_many_beats_at_once_open_one_topic(due):
    series, _proposals = due
    opened = at_once(lambda _n: open_next_topic(series.pk), range(6))
    assert sum(post is not None for post in opened) == 1
    open_due_topics()
    assert Thread.objects.topics().count() == 1
    assert Event.objects.filter(verb="opened").count() == 1


def test_a_proposal_removed_while_it_opens_is_one_or_the_other(world, due):
    series, proposals = due
    post = proposals[0].posts.get()
    work = [lambda: open_next_topic(series.pk), lambda: delete_post(by=world.bo, post=post)] * 2
    at_once(lambda do: do(), work)
    proposals[0].refresh_from_db()
    assert proposals[0].removed_title
    assert Thread.objects.filter(kind="topic").count() == 1  # that one before its words went, or the next one


def test_twenty_votes_at_once_count_once_each(world, due):
    _series, proposals = due
    people = [a_member(world.community) for _n in range(10)]
    at_once(lambda person: vote(person=person, thread=proposals[1], for_it=True), people * 2)
    assert proposals[1].posts.get().me_too_count == 10


def test_people_swap_and_come_at_once_and_each_week_has_one_host(world):
    for person in (world.alice, world.fay):
        take_seat(by=person, person=person, community=world.community)
    turns = list(Turn.objects.in_community(world.community).order_by("week"))
    work = [lambda n=n: swap_turns(by=world.alice, turn=turns[n], other=turns[n + 1]) for n in range(4)]
    work += [lambda: take_seat(by=world.bo, person=world.bo, community=world.community), look_after_rotas]
    at_once(lambda do: do(), work)
    assert Turn.objects.in_community(world.community).exclude(person=None).count() == 8
    at_once(lambda turn: remind_host(turn.pk), [Turn.objects.order_by("week")[0]] * 4)
    told = Event.objects.filter(verb="turn", object_id=turns[0].pk, actor=Turn.objects.order_by("week")[0].person)
    assert told.count() <= 2  # a reminder, and perhaps that somebody gave it to them
