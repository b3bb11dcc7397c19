"""In their first days members write a little less than everybody, unless a guide trusts them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from community.models import Membership
from discussions.actions import NEW_MEMBERS_POSTS_AN_HOUR
from discussions.models import Post
from tests.factories import a_post, a_thread

WORDS = "Words-of-Bo that stay"


@pytest.fixture
def thread(world):
    """A conversation in which Bo has written as much as a new member may, some minutes ago."""
    thread = a_thread(world.commons, author=world.fay)
    for _n in range(NEW_MEMBERS_POSTS_AN_HOUR):
        written = a_post(thread, author=world.bo)
        Post.objects.filter(pk=written.pk).update(created_at=timezone.now() - timedelta(minutes=20))
    return thread


def answer_to(client, thread):
    url = reverse("reply", args=[thread.place.community.slug, thread.pk])
    return client.post(url, {"body": WORDS, "key": uuid4()})


def test_a_new_member_hears_when_it_goes_on_and_keeps_the_words(world, client_of, thread):
    bo = client_of(world.bo)
    start = reverse("new_thread", args=[world.community.slug, world.place.pk])
    for answer in (answer_to(bo, thread), bo.post(start, {"body": WORDS, "key": uuid4()})):
        assert answer.status_code == 429
        assert 2_390 < int(answer["Retry-After"]) <= 2_401
        assert WORDS in answer.content.decode()
        assert f"up to {NEW_MEMBERS_POSTS_AN_HOUR} posts an hour" in answer.content.decode()


def test_who_is_not_new_or_guides_writes_on(world, client_of, thread):
    mine = Membership.objects.filter(user=world.bo)
    mine.update(joined_at=timezone.now() - timedelta(days=Membership.NEW_FOR_DAYS, minutes=1))
    assert answer_to(client_of(world.bo), thread).status_code == 302
    mine.update(joined_at=timezone.now())
    assert answer_to(client_of(world.bo), thread).status_code == 429
    mine.update(role=Membership.Role.FACILITATOR)
    assert answer_to(client_of(world.bo), thread).status_code == 302


def test_it_goes_on_after_an_hour_and_elsewhere_at_once(world, client_of, thread):
    elsewhere = a_thread(world.other.places.get(), author=world.cy)
    Membership.objects.create(community=world.other, user=world.bo)
    assert answer_to(client_of(world.bo), elsewhere).status_code == 302
    oldest = Post.objects.filter(author=world.bo).in_order().first()
    Post.objects.filter(pk=oldest.pk).update(created_at=timezone.now() - timedelta(minutes=61))
    assert answer_to(client_of(world.bo), thread).status_code == 302


def test_a_guide_trusts_a_new_member(world, client_of, thread):
    people = reverse("people", args=[world.community.slug])
    url = reverse("trust", args=[world.community.slug, "bo"])
    assert url in client_of(world.fay).get(people).content.decode()
    assert url not in client_of(world.bo).get(people).content.decode()
    assert client_of(world.bo).post(url).status_code == 403
    page = client_of(world.fay).post(url, follow=True).content.decode()
    assert "can write as much as everybody now" in page
    assert url not in page
    membership = world.community.membership_of(world.bo)
    assert membership.trusted_by == world.fay
    client_of(world.alice).post(url)
    membership.refresh_from_db()
    assert membership.trusted_by == world.fay
    assert answer_to(client_of(world.bo), thread).status_code == 302
