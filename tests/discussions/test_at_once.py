"""Many people writing at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.models import Place
from discussions.actions import mark_unread, read_posts, reply, start_thread
from discussions.models import Post, Thread, ThreadRead
from notifications.models import Event
from tests.factories import a_member, a_post, a_thread

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


def test_marks_of_two_tabs_at_once_keep_the_furthest(world):
    threads = [a_thread(world.place, author=world.alice) for _ in range(3)]
    seen = [post.pk for thread in threads for post in [thread.posts.get(), *(a_post(thread) for _ in range(4))]]
    orders = [seen[:n] for n in range(1, len(seen) + 1)] * 2
    at_once(lambda ids: read_posts(world.bo, place=world.place, seen=ids), orders)
    assert ThreadRead.objects.of(world.bo).count() == 3
    assert not Post.objects.new_to(world.bo).exists()
    for thread in threads:
        assert ThreadRead.objects.get(thread=thread).up_to == thread.posts.in_order().last().pk


def test_unread_and_reading_at_once_end_as_one_of_the_two(world):
    post = a_thread(world.place, author=world.alice).posts.get()
    work = [lambda: read_posts(world.bo, place=world.place, seen=[post.pk]), lambda: mark_unread(world.bo, post)] * 5
    at_once(lambda do: do(), work)
    assert ThreadRead.objects.get().up_to in (post.pk, post.pk - 1)
