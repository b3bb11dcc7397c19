"""How much is new to somebody is counted from what threads know, and is what looking at every post gives."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import hide_person
from discussions.actions import delete_post, merge_threads, read_posts
from discussions.models import Post, Thread, new_counts_for
from discussions.models.new_counts import in_untouched_and_rest
from tests import factories as make


def looked_at(user, community=None):
    posts = Post.objects.in_community(community) if community else Post.objects.all()
    rows = posts.new_to(user).order_by().values_list("thread__place").annotate(Count("pk"))
    return dict(rows)


def counted(user, community=None):
    return {place: count for place, count in new_counts_for(user, community).places.items() if count}


def all_agree(world):
    for person in filter(None, world.cast.values()):
        for community in (None, world.community, world.other):
            assert counted(person, community) == looked_at(person, community), (person, community)


@pytest.fixture
def talk(world):
    """Conversations in which each of them said something."""
    threads = []
    for place in (world.place, world.commons):
        for author in (world.alice, world.fay, world.bo):
            threads.append(make.a_thread(place, author=author))
            for other in (world.fay, world.bo, world.alice)[: 3 if author == world.alice else 1]:
                make.a_post(threads[-1], author=other)
    make.a_thread(make.commons_of(world.other), author=world.cy)
    return threads


def test_where_nobody_has_been_all_is_new_but_their_own(world, talk):
    new = new_counts_for(world.bo, world.community)
    assert (new.total, new.places[world.place.pk]) == (12, 6)
    assert new_counts_for(world.cy).total == 0
    all_agree(world)


def test_what_was_read_is_not_new(world, talk):
    for thread, upto in zip(talk[:3], (0, -1, 1), strict=True):
        posts = list(thread.posts.order_by("pk").values_list("pk", flat=True))
        read_posts(world.bo, place=thread.place, seen=posts[: posts.index(posts[upto]) + 1])
    assert 0 < new_counts_for(world.bo).total < 12
    all_agree(world)


def test_what_is_removed_blocked_or_covered_is_not_new(world, talk):
    delete_post(post=talk[0].posts.order_by("pk")[1], by=world.alice)
    all_agree(world)
    hide_person(person=world.bo, hidden=world.fay)
    all_agree(world)
    Thread.objects.filter(pk=talk[4].pk).update(answer_first=True)
    all_agree(world)


def test_what_was_said_before_somebody_joined_is_not_new(world, talk):
    long_ago = timezone.now() - timedelta(days=9)
    Thread.objects.filter(pk__in=[talk[0].pk, talk[1].pk]).update(created_at=long_ago)
    first = talk[0].posts.order_by("pk")[:2]
    Post.objects.filter(pk__in=[post.pk for post in first]).update(created_at=long_ago)
    merge_threads(by=world.fay, thread=talk[1], into=talk[3], key=uuid.uuid4())
    all_agree(world)


def test_what_opens_later_is_new_to_guides_only(world, talk):
    later = timezone.now() + timedelta(days=1)
    Thread.objects.filter(pk=talk[2].pk).update(opens_at=later)
    type(world.place).objects.filter(pk=world.commons.pk).update(opens_at=later)
    assert world.commons.pk not in new_counts_for(world.bo).places
    all_agree(world)


def test_it_takes_as_many_questions_for_many_threads(world, talk):
    new_counts_for(world.bo)
    with CaptureQueriesContext(connection) as few:
        new_counts_for(world.bo)
    for _ in range(5):
        make.a_thread(world.place, author=world.al)
    with CaptureQueriesContext(connection) as many:
        new_counts_for(world.bo)
    assert len(few) == len(many) == 1
    assert any(in_untouched_and_rest.plans.values())
