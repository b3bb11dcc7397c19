"""Many people writing at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.models import Place
from discussions.actions import reply, start_thread
from discussions.models import Post, Thread
from notifications.models import Event
from tests.factories import a_member, a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, arguments):
    """What `work` gives for each of `arguments`, all begun together."""

    def done(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(done, arguments))


def test_twenty_people_answer_at_once_and_nothing_is_lost(world):
    thread = a_thread(world.place, author=world.alice)
    people = [a_member(world.community) for _ in range(20)]

    def answer(person):
        return [reply(author=person, thread=thread, body=f"{n}", key=uuid.uuid4()).pk for n in range(5)]

    made = at_once(answer, people)
    assert len({pk for keys in made for pk in keys}) == 100
    thread.refresh_from_db()
    assert thread.post_count == thread.posts.count() == 101
    assert Place.objects.get(pk=world.place.pk).post_count == 101
    assert Event.objects.filter(verb="replied").count() == 100
    assert thread.last_post_at == thread.posts.in_order().last().created_at


def test_a_double_click_makes_one_reply(world):
    thread, key = a_thread(world.place, author=world.alice), uuid.uuid4()
    made = at_once(lambda _: reply(author=world.bo, thread=thread, body="Once.", key=key).pk, range(10))
    assert len(set(made)) == 1
    assert Post.objects.filter(source="Once.").count() == 1


def test_a_double_click_starts_one_conversation(world):
    key = uuid.uuid4()
    words = {"author": world.bo, "place": world.place, "title": "Once", "body": "Once.", "key": key}
    made = at_once(lambda _: start_thread(**words).pk, range(10))
    assert len(set(made)) == 1
    assert Thread.objects.filter(title="Once").count() == 1
    assert Place.objects.get(pk=world.place.pk).thread_count == 1
