"""Guides who arrange conversations while others write in them."""

import uuid

import pytest

from community.models import Place
from discussions.actions import ThreadClosed, delete_post, move_thread, read_posts, reply, undo_transfer
from discussions.models import Post, Thread, Transfer
from tests.discussions.test_at_once import at_once
from tests.factories import a_community, a_member, a_post, a_thread, commons_of, split_off

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


def test_what_answers_a_post_goes_where_that_goes_while_it_is_split_off_and_comes_back(world):
    thread = a_thread(world.place, author=world.alice)
    posts = [a_post(thread, author=world.al) for _ in range(4)]
    people = [a_member(world.community) for _ in range(6)]

    def answer(person):
        return [
            reply(author=person, thread=thread, body=f"{n}", key=uuid.uuid4(), answers_to=posts[n].pk) for n in range(4)
        ]

    def rearrange():
        for _ in range(3):
            made = split_off(thread, *posts[2:], by=world.fay, place=world.commons)
            undo_transfer(by=world.fay, transfer=made.taken_in.get())
        return split_off(thread, *posts[2:], by=world.fay, place=world.commons)

    *written, made = at_once(lambda do: do(), [*(lambda p=p: answer(p) for p in people), rearrange])
    assert thread.posts.count() + made.posts.count() == 5 + 6 * 4
    for post in Post.objects.filter(pk__in=[post.pk for posts in written for post in posts]):
        assert post.answers_to in posts
    assert counters_hold()


def test_reading_while_posts_go_to_and_fro_skips_nothing_unseen(world):
    thread = a_thread(world.place, author=world.alice)
    posts = [thread.posts.get(), *(a_post(thread, author=world.al) for _ in range(6))]
    seen = {post.pk for post in posts[::2]}

    def read():
        for _ in range(6):
            read_posts(world.bo, place=world.place, seen=seen)

    def rearrange():
        for _ in range(3):
            made = split_off(thread, *posts[3:], by=world.fay)
            undo_transfer(by=world.fay, transfer=Transfer.objects.get(target=made))

    at_once(lambda do: do(), [read, rearrange, read])
    new = set(Post.objects.new_to(world.bo).values_list("pk", flat=True))
    assert new >= {post.pk for post in posts[1::2]}
