"""Turning a season while people write, join and turn it, too."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.actions import join
from community.models import Membership
from courses.actions import turn_season, undo_turn
from courses.models import Cohort, Graduation
from discussions.models import Post
from notifications.models import Event
from tests.factories import a_person, a_post, a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of `acts` gives, all begun together."""

    def done(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def the_cohort(world):
    return Cohort.objects.with_courses().get(pk=world.cohort.pk)


def test_of_several_who_turn_it_while_people_write_one_does_and_every_word_stands(world):
    thread, newcomer = a_thread(world.place, author=world.bo), a_person()

    def turns():
        return turn_season(cohort=the_cohort(world), by=world.alice, key=uuid.uuid4())

    def writes():
        return a_post(thread, author=world.bo)

    def joins():
        return join(world.community, newcomer)

    done = at_once(turns, writes, turns, writes, joins, turns, writes)
    assert len({done[i].pk for i in (0, 2, 5)}) == 1
    assert Graduation.objects.count() == Event.objects.filter(verb="graduated").count() == 1
    assert Post.objects.filter(thread=thread, author=world.bo).count() == 4
    thread.refresh_from_db()
    assert thread.post_count == 4
    assert world.community.membership_of(world.bo).role == Membership.Role.ALUM
    assert world.community.membership_of(newcomer).role in (Membership.Role.MEMBER, Membership.Role.ALUM)


def test_who_writes_while_it_is_turned_back_is_heard(world):
    thread = a_thread(world.commons, author=world.bo)
    turn_season(cohort=the_cohort(world), by=world.alice)

    def undoes():
        return undo_turn(cohort=the_cohort(world), by=world.alice)

    def writes():
        return a_post(thread, author=world.bo)

    at_once(writes, undoes, writes)
    assert Post.objects.filter(thread=thread).count() == 3
    assert world.community.membership_of(world.bo).role == Membership.Role.MEMBER
