"""Writing at the very moment when somebody closes, merges, rewrites or removes."""

import uuid

import pytest

from community.actions import remove_member
from courses.actions import edit_unit
from discussions.actions import (
    Decision,
    StaysHere,
    ThreadClosed,
    decide,
    edit_post,
    merge_threads,
    react,
    reply,
    start_thread,
    undo_transfer,
)
from discussions.models import Post, Thread, Transfer
from tests.discussions.test_arranging_at_once import counters_hold
from tests.discussions.test_at_once import at_once
from tests.factories import a_block, a_member, a_post, a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def written(author, thread, body="Words."):
    try:
        return reply(author=author, thread=thread, body=body, key=uuid.uuid4())
    except ThreadClosed:
        return None


def merged(world, thread, into):
    try:
        return merge_threads(by=world.fay, thread=thread, into=into, key=uuid.uuid4())
    except StaysHere:
        return None


def test_two_conversations_merged_into_each_other_at_once_become_one_with_every_reply(world):
    one, two = a_thread(world.place, author=world.alice), a_thread(world.commons, author=world.alice)
    people = [a_member(world.community) for _ in range(6)]
    work = [lambda p=p, t=t: [written(p, t) for _ in range(3)] for p in people for t in (one, two)]
    work += [lambda: merged(world, one, two), lambda: merged(world, two, one)] * 2
    at_once(lambda do: do(), work)
    left = Thread.objects.visible_to(world.fay).get(pk__in=[one.pk, two.pk])
    assert left.posts.count() == 2 + 6 * 6
    assert Transfer.objects.count() == 1
    assert counters_hold()


def test_merging_and_undoing_while_people_write_edit_and_thank_loses_nothing(world):
    one, two = a_thread(world.place, author=world.alice), a_thread(world.commons, author=world.alice)
    posts = [a_post(thread, author=world.al) for thread in (one, two) for _ in range(3)]
    people = [a_member(world.community) for _ in range(3)]

    def arrange():
        for _ in range(3):
            merged(world, one, two)
            undo_transfer(by=world.fay, transfer=Transfer.objects.latest("pk"))

    work = [arrange]
    work += [lambda p=p, t=t: [written(p, t) for _ in range(3)] for p in people for t in (one, two)]
    work += [lambda post=post: edit_post(author=world.al, post=post, body="Changed.", version=1) for post in posts]
    work += [lambda p=p: [react(person=p, post=post, word="thanks") for post in posts] for p in people]
    at_once(lambda do: do(), work)
    assert Post.objects.filter(source="Words.").count() == 3 * 2 * 3
    for post in Post.objects.filter(pk__in=[post.pk for post in posts]):
        assert (post.source, post.thanks_count) == ("Changed.", 3)
    assert counters_hold()


def test_who_writes_while_it_is_closed_is_in_before_or_refused(world):
    thread = a_thread(world.place, author=world.bo)
    people = [a_member(world.community) for _ in range(6)]

    def close():
        decide(by=world.fay, post=thread.posts.openings().get(), decision=Decision("close", "Enough said."))

    work = [lambda p=p: [written(p, thread) for _ in range(3)] for p in people]
    *ends, _ = at_once(lambda do: do(), [*work, close])
    thread.refresh_from_db()
    stand = [post for posts in ends for post in posts if post]
    assert thread.posts.count() == 1 + len(stand)
    assert all(post.created_at <= thread.closed_at for post in stand)
    assert counters_hold()


def test_a_member_who_is_removed_while_they_write_is_in_before_or_refused(world):
    thread = a_thread(world.place, author=world.alice)
    person = a_member(world.community)
    membership = world.community.memberships.current().get(user=person)
    work = [lambda n=n: written(person, thread, f"{n}") for n in range(5)]
    ends = at_once(lambda do: do(), [*work, lambda: remove_member(membership)])
    assert thread.posts.filter(author=person).count() == sum(post is not None for post in ends[:-1])
    assert written(person, thread) is None
    assert not Post.objects.visible_to(person).exists()
    assert counters_hold()


def test_conversations_begun_while_an_author_rewrites_their_block_all_stand_with_its_words(world):
    block_id, text = a_block(world.unit, "Counting posts")
    people = [a_member(world.community) for _ in range(5)]
    anchor = {"block_id": block_id, "quote": text}

    def begin(person):
        return start_thread(
            author=person, place=world.place, title="Is it so?", body="Words.", key=uuid.uuid4(), **anchor
        )

    def rewrite():
        for version in range(1, 4):
            source = world.unit.source.replace(text, f"Other words, number {version}.")
            edit_unit(unit=world.unit, author=world.alice, source=source, version=version)

    at_once(lambda do: do(), [*(lambda p=p: begin(p) for p in people), rewrite])
    begun = Thread.objects.filter(title="Is it so?")
    assert begun.count() == 5
    assert {thread.quote for thread in begun} == {text}
    assert counters_hold()
