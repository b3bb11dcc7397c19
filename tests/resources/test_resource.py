"""A resource has a page of its own: what it is, why people shared it, and a conversation as a unit's."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.models import Place
from discussions.models import Post
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.actions import remove_sharing
from resources.models import Resource
from tests.courses.test_unit_page import QUERIES_AT_MOST, queries_of
from tests.factories import a_post, a_resource, a_sharing, a_thread


@pytest.fixture
def resource(world):
    return a_resource(
        world.place, sharer=world.bo, url="https://example.org/a", title="On herons", why="They *wait*.", tags=["birds"]
    )


def page_of(client, resource):
    return BeautifulSoup(client.get(resource.get_absolute_url()).content.decode(), "html.parser")


def test_its_page_says_what_it_is_who_shared_it_and_why(world, client_of, resource):
    a_sharing(world.place, sharer=world.fay, url="https://example.org/a", why="For patience.")
    page = page_of(client_of(world.al), resource)
    assert page.h1.text == "On herons"
    assert page.select_one("a[rel~=nofollow]")["href"] == "https://example.org/a"
    assert "birds" in page.select_one(".facts").text
    said = [" ".join(row.text.split()) for row in page.select("[id^=sharing-]")]
    assert "Bo Lindqvist" in said[0]
    assert "They wait." in said[0]
    assert "Facilitator" in said[1]
    assert "For patience." in said[1]


def test_people_talk_about_it_as_about_a_unit(world, client_of, resource):
    thread = a_thread(resource.talk, author=world.fay, title="Do they?", body="I saw one run.")
    client = client_of(world.bo)
    assert "Do they?" in page_of(client, resource).select_one("#thread-rows").text
    assert thread.posts.get().get_absolute_url().startswith(resource.get_absolute_url() + "?post=")
    assert "1 post" in BeautifulSoup(client.get(world.place.path).content, "html.parser").select_one("#shelf-rows").text
    assert "Do they?" in client.get(world.community.get_absolute_url()).content.decode()


def test_who_may_not_see_its_place_sees_neither_it_nor_its_talk(world, client_of, resource):
    thread = a_thread(resource.talk, author=world.fay)
    Place.objects.filter(pk=world.place.pk).update(opens_at=timezone.now() + timedelta(days=3))
    for person, seen in ((world.bo, 404), (world.al, 404), (world.cy, 404), (world.ed, 404), (world.fay, 200)):
        assert client_of(person).get(resource.get_absolute_url()).status_code == seen
        assert client_of(person).get(thread.get_absolute_url()).status_code == seen
        assert Post.objects.visible_to(person).filter(thread=thread).exists() == (seen == 200)


def test_a_resource_of_another_community_is_not_reached_through_ones_own(world, client_of):
    other = a_resource()
    for community in (world.community, other.place.community):
        assert client_of(world.bo).get(f"/c/{community.slug}/r/{other.pk}/").status_code == 404


def test_its_page_asks_the_same_few_queries_for_much_and_for_little(world, client_of, resource):
    client = client_of(world.bo)
    a_thread(resource.talk, author=world.fay)
    few = queries_of(client, resource.get_absolute_url())
    for n in range(5):
        a_sharing(world.place, sharer=world.al, url="https://example.org/a", why=f"Reason {n}.", tags=[f"tag{n}"])
        a_post(a_thread(resource.talk, author=world.al), author=world.fay)
    assert queries_of(client, resource.get_absolute_url()) == few <= QUERIES_AT_MOST


def test_a_note_is_read_on_its_page_and_is_called_by_its_first_line(world, client_of):
    words = {"what": "Bring **boots** & a friend.\n\nIt is wet.", "key": uuid.uuid4()}
    response = client_of(world.bo).post(
        reverse("shelf", args=[world.community.slug, world.place.pk]), words, follow=True
    )
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.text == "Bring boots & a friend."
    assert page.select_one(".prose strong").text == "boots"


def test_what_is_shared_is_found_by_name_as_one_writes_while_it_is_on_a_shelf(world, client_of, resource):
    note = a_resource(world.place, sharer=world.fay, text="Herons need boots.", title="Herons need boots")
    unnamed = a_resource(world.place, sharer=world.fay, url="https://example.org/herons")
    Resource.objects.filter(pk=unnamed.pk).update(title="")
    gone = a_sharing(world.place, sharer=world.fay, title="Herons of old")
    remove_sharing(by=world.fay, sharing=gone)
    a_resource(sharer=None, title="Herons of others")
    hide_person(person=world.bo, hidden=world.al)
    a_resource(world.place, sharer=world.al, title="Herons of Al")
    found = client_of(world.bo).get(reverse("linkable", args=["heron"]), {"q": "heron"}).json()["found"]
    assert {entry["insert"] for entry in found} == {
        "[On herons](https://example.org/a)",
        f"[Herons need boots]({note.talk.path})",
        "[example.org/herons](https://example.org/herons)",
    }


def test_who_shared_it_first_hears_when_people_begin_to_talk_about_it(world, resource):
    a_sharing(world.place, sharer=world.al, url=resource.url)
    Event.objects.update(fanned_out_at=timezone.now())
    a_thread(resource.talk, author=world.fay, title="Do they?")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    assert list(Notification.objects.values_list("person__handle", "reason")) == [("bo", "yours")]
