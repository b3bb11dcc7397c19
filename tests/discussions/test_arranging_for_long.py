"""Whatever guides do one after the other, every post is in one conversation, and everybody has read what they had."""

import random
import uuid
from contextlib import suppress

import pytest

from community.actions import join
from community.models import Membership, Place
from discussions.actions import (
    NotTheirs,
    StaysHere,
    accept_post,
    delete_post,
    mark_unread,
    merge_threads,
    move_thread,
    read_posts,
    reply,
    restore_post,
    undo_transfer,
)
from discussions.models import Post, Thread, Transfer
from tests.discussions.test_arranging_at_once import counters_hold
from tests.factories import a_cohort, a_thread, commons_of, split_off

STEPS = 30


class Walk:
    """A guide who does this and that, and readers who read and write meanwhile."""

    def __init__(self, world, seed):
        self.world, self.chance = world, random.Random(seed)
        egret = a_cohort(world.course, host=world.fay, members=(world.cy, world.al), title="Egret", slug="egret")
        Membership.objects.update(joined_at="2020-01-01T00:00Z")
        join(egret.community, world.alice)
        self.places = [world.place, world.commons, commons_of(egret.community)]
        self.readers = [world.bo, world.al, world.cy, world.alice]
        for n in range(3):
            a_thread(self.places[n % 2], author=world.alice, kind="question", title=f"Thread {n}")
        Membership.objects.update(joined_at="2020-01-01T00:00Z")

    def thread(self):
        return self.chance.choice(
            list(Thread.objects.visible_to(self.world.fay).filter(is_in_text=False).order_by("pk"))
        )

    def post(self, **which):
        return self.chance.choice(list(Post.objects.filter(**which).order_by("pk")) or [None])

    # What readers do.

    def write(self):
        thread = self.thread()
        answers_to = self.post().pk if self.chance.random() < 0.5 else None
        writers = [person for person in self.readers if thread.place.accepts_words_from(person)]
        author = self.chance.choice([*writers, self.world.fay])
        reply(author=author, thread=thread, body="Words.", key=uuid.uuid4(), answers_to=answers_to)

    def read(self):
        place, reader = self.chance.choice(self.places), self.chance.choice(self.readers)
        seen = [
            post.pk for post in Post.objects.at(place).visible_to(reader).order_by("pk") if self.chance.random() < 0.5
        ]
        read_posts(reader, place=place, seen=seen)

    def unread(self):
        reader = self.chance.choice(self.readers)
        posts = list(Post.objects.visible_to(reader).order_by("pk"))
        if posts:
            mark_unread(reader, self.chance.choice(posts))

    def remove(self):
        delete_post(by=self.world.fay, post=self.post())

    def restore(self):
        post = self.post(deleted_at__isnull=False)
        if post:
            restore_post(by=self.world.fay, post=post)

    def accept(self):
        accept_post(by=self.world.fay, post=self.post())

    # What the guide does.

    def split(self):
        thread = self.thread()
        posts = [post for post in thread.posts.order_by("pk") if self.chance.random() < 0.4]
        kind = self.chance.choice(["question", "discussion"])
        split_off(thread, *posts, by=self.world.fay, place=self.chance.choice(self.places), kind=kind)

    def merge(self):
        merge_threads(by=self.world.fay, thread=self.thread(), into=self.thread(), key=uuid.uuid4())

    def move(self):
        move_thread(by=self.world.fay, thread=self.thread(), place=self.chance.choice(self.places))

    def undo(self):
        transfers = list(Transfer.objects.order_by("pk"))
        if transfers:
            undo_transfer(by=self.world.fay, transfer=self.chance.choice(transfers))

    def news(self):
        """Reader → the posts they may see, and of those the new ones."""
        return {
            person: (set(Post.objects.visible_to(person)), set(Post.objects.new_to(person))) for person in self.readers
        }

    def step(self):
        acts = [self.write, self.write, self.read, self.unread, self.remove, self.restore, self.accept]
        arranges = [self.split, self.split, self.merge, self.move, self.undo]
        act, before = self.chance.choice([*acts, *arranges]), self.news()
        with suppress(StaysHere, NotTheirs):
            act()
        if act in arranges:
            for person, (seen, new) in self.news().items():
                both = seen & before[person][0]
                assert new & both == before[person][1] & both, f"{act.__name__}: {person}"


def everything_holds(walk, written):
    assert set(Post.objects.all()) >= written
    for thread in Thread.objects.filter(is_in_text=False).select_related("merged_into"):
        posts = list(thread.posts.in_order())
        assert [post.pk for post in posts] == sorted(post.pk for post in posts)
        if thread.merged_into:
            assert posts == []
            assert not Thread.objects.visible_to(walk.world.fay).filter(pk=thread.pk).exists()
        else:
            assert thread.posts.openings().count() == 1
        assert thread.accepted_post is None or thread.accepted_post in posts
    for person in [*walk.readers, walk.world.fay, walk.world.ed]:
        places = Place.objects.visible_to(person)
        assert set(Post.objects.visible_to(person)) == set(Post.objects.filter(thread__place__in=places))
    assert counters_hold()


@pytest.mark.parametrize("seed", range(2))
def test_after_anything_every_post_is_in_one_conversation_and_reading_is_what_it_was(world, monkeypatch, seed):
    monkeypatch.setattr("discussions.actions.talking.refuse_if_too_fast", lambda *_: None)
    walk, written = Walk(world, seed), set()
    for _ in range(STEPS):
        walk.step()
        everything_holds(walk, written)
        written = set(Post.objects.all())
    assert Transfer.objects.count() > 1
