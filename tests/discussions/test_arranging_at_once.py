"""Guides who arrange conversations while others write in them."""

import uuid

import pytest

from community.models import Place
from discussions.actions import ThreadClosed, delete_post, move_thread, reply
from discussions.models import Thread
from tests.discussions.test_at_once import at_once
from tests.factories import a_community, a_member, a_post, a_thread, commons_of

pytestmark = pytest.mark.django_db(transaction=True)


def counters_hold():
    """Whether every place and thread counts what stands there."""
    for thread in Thread.objects.all():
        assert thread.post_count == thread.posts.standing().count()
    for place in Place.objects.all():
        threads = list(place.threads.all())
        assert place.post_count == sum(thread.post_count for thread in threads)
        assert place.thread_count == sum(thread.post_count > 0 and not thread.is_in_text for thread in threads)
    return True


def test_replies_while_a_conversation_moves_to_and_fro_are_all_there(world):
    thread, posts = a_thread(world.place, author=world.alice), []
    posts = [a_post(thread, author=world.al) for _ in range(3)]
    people = [a_member(world.community) for _ in range(6)]
    work = [
        lambda p=p: [reply(author=p, thread=thread, body=f"{n}", key=uuid.uuid4()) for n in range(3)] for p in people
    ]
    places = [world.commons, world.place] * 3
    work += [lambda place=place: move_thread(by=world.fay, thread=thread, place=place) for place in places]
    work += [lambda post=post: delete_post(by=world.al, post=post) for post in posts]
    at_once(lambda do: do(), work)
    thread.refresh_from_db()
    assert thread.posts.count() == 22
    assert thread.post_count == 19
    assert counters_hold()


def test_who_replies_while_it_leaves_is_in_before_or_refused(world):
    elsewhere = commons_of(a_community(host=world.fay))
    thread = a_thread(world.place, author=world.alice)
    people = [a_member(world.community) for _ in range(8)]

    def act(person):
        if person == world.fay:
            return move_thread(by=world.fay, thread=thread, place=elsewhere) and "moved"
        try:
            return reply(author=person, thread=thread, body="Here.", key=uuid.uuid4()) and "in"
        except ThreadClosed:
            return "refused"

    ends = at_once(act, [*people[:4], world.fay, *people[4:]])
    assert thread.posts.count() == 1 + ends.count("in")
    assert ends.count("in") + ends.count("refused") == 8
    assert counters_hold()
