"""A guide tells a whole community something at once."""

import uuid

import pytest

from accounts.actions import hide_person
from community.models import Membership
from discussions.actions import NotTheirs, announce
from discussions.models import Thread
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.announced import an_announcement
from tests.factories import a_community, a_member, a_post

NEW, COMMUNITY = "/c/heron/announcements/new/", "/c/heron/"


def send(client, **words):
    return client.post(
        NEW, {"title": "No call on Thursday", "body": "We are at the fair.", "key": uuid.uuid4()} | words
    )


def tell():
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)


def test_a_guide_writes_to_everybody_and_all_of_them_hear_of_it(world, client_of):
    response = send(client_of(world.fay))
    thread = Thread.objects.get(kind="notice")
    assert (response.url, thread.place) == (thread.posts.get().get_absolute_url(), world.commons)
    tell()
    assert dict(Notification.objects.values_list("person__handle", "reason")) == dict.fromkeys(
        ["alice", "al", "bo"], "everybody"
    )
    bell = client_of(world.bo).get("/notifications/").content.decode()
    assert "announced something" in bell
    assert "Everybody here hears of it" in bell
    page = client_of(world.bo).get(COMMUNITY).content.decode()
    assert '<span class="tag tag-prompt">announcement</span>' in page
    assert "We are at the fair." in page
    assert NEW in client_of(world.fay).get(f"{COMMUNITY}facilitate/").content.decode()


def test_members_answer_and_only_who_takes_part_hears_of_that(world):
    thread = an_announcement(world.community, by=world.fay)
    a_post(thread, author=world.bo)
    tell()
    replied = Notification.objects.filter(event__verb="replied")
    assert dict(replied.values_list("person__handle", "reason")) == {"fay": "yours"}


def test_who_has_blocked_the_guide_hears_of_it_too(world, client_of):
    hide_person(person=world.bo, hidden=world.fay)
    an_announcement(world.community, by=world.fay, title="The meeting", body="Bring a chair.")
    tell()
    assert Notification.objects.visible_to(world.bo).get().event.verb == "announced"
    page = client_of(world.bo).get(COMMUNITY).content.decode()
    assert "Bring a chair." in page
    assert "The meeting" in page


def test_sent_twice_it_is_one_announcement_and_its_draft_is_done_with(world, client_of):
    key, slot = uuid.uuid4(), f"notice:{world.commons.pk}:"
    world.fay.drafts.create(slot=slot, body="We are")
    assert NEW in client_of(world.fay).get("/drafts/").content.decode()
    for _ in range(2):
        assert send(client_of(world.fay), key=key, slot=slot).status_code == 302
    assert Thread.objects.filter(kind="notice").count() == 1
    assert not world.fay.drafts.exists()


def test_a_refused_announcement_keeps_its_words(world, client_of):
    response = send(client_of(world.fay), title="A title to keep", body=" ")
    assert response.status_code == 422
    assert "A title to keep" in response.content.decode()
    assert not Thread.objects.filter(kind="notice").exists()


@pytest.mark.parametrize("who", ["bo", "al", "cy", "ed"])
def test_nobody_else_announces_anything(world, who):
    with pytest.raises(NotTheirs):
        announce(by=getattr(world, who), community=world.community, title="Sale", body="Buy.", key=uuid.uuid4())
    assert not Thread.objects.filter(kind="notice").exists()


def test_a_guide_of_one_community_announces_nothing_in_another(world):
    guide = a_member(a_community(), role=Membership.Role.FACILITATOR)
    with pytest.raises(NotTheirs):
        announce(by=guide, community=world.community, title="Here", body="Come over.", key=uuid.uuid4())
