"""A shelf shows what one chooses, by tag, kind and person, newest or most useful first; the address keeps it."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from resources.models import Resource, Useful
from tests.courses.test_unit_page import queries_of
from tests.factories import a_resource, a_sharing

HTMX = {"HX-Request": "true"}


@pytest.fixture
def shelf(world):
    """On herons by Bo, on paddles by Fay and Al, a note by Al; and one more in the commons."""
    a_resource(world.place, sharer=world.bo, title="On herons", tags=["birds"])
    for sharer in (world.fay, world.al):
        a_resource(world.place, sharer=sharer, url="https://example.org/paddles", title="On paddles", tags=["boats"])
    a_resource(world.place, sharer=world.al, text="Bring boots.", title="Boots", tags=["boats", "birds"])
    a_resource(world.commons, sharer=world.al, title="In the commons", tags=["boats"])
    return reverse("shelf", args=[world.community.slug, world.place.pk])


def shown(client, path, **query):
    page = BeautifulSoup(client.get(path, query).content, "html.parser")
    return [title.text for title in page.select("#shelf-rows .t")]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Boots", "On paddles", "On herons"]),
        ({"tag": "BIRDS"}, ["Boots", "On herons"]),
        ({"kind": "note"}, ["Boots"]),
        ({"kind": "link", "tag": "boats"}, ["On paddles"]),
        ({"by": "al"}, ["Boots", "On paddles"]),
        ({"by": "al", "kind": "file"}, []),
        ({"sort": "useful"}, ["On herons", "Boots", "On paddles"]),
        ({"kind": "nonsense", "sort": "nonsense", "by": "\0", "tag": "\0"}, ["Boots", "On paddles", "On herons"]),
        ({"tag": "t" * 300}, []),
        ({"by": "cy"}, []),
    ],
)
def test_a_shelf_shows_what_one_chooses(world, client_of, shelf, query, titles):
    client = client_of(world.bo)
    client.post(reverse("useful", args=[world.community.slug, Resource.objects.get(title="On herons").pk]))
    assert shown(client, shelf, **query) == titles


def test_the_shelf_of_a_community_has_what_was_shared_at_all_its_places(world, client_of, shelf):
    path = reverse("community_shelf", args=[world.community.slug])
    assert shown(client_of(world.bo), path, tag="boats") == ["In the commons", "Boots", "On paddles"]
    assert shown(client_of(world.bo), path, by="bo") == ["On herons"]


def test_a_choice_keeps_the_others_in_its_address(world, client_of, shelf):
    page = BeautifulSoup(client_of(world.bo).get(shelf, {"tag": "boats", "sort": "useful"}).content, "html.parser")
    assert page.find("a", string="Notes")["href"] == "?kind=note&tag=boats&sort=useful"
    assert page.find("a", string="boats", class_="tag", attrs={"aria-current": True})["href"] == "?sort=useful"
    assert page.find("a", string="Newest first")["href"] == "?tag=boats"


def test_a_shelf_asks_the_same_few_queries_for_much_and_for_little(world, client_of, shelf, monkeypatch):
    monkeypatch.setattr("resources.actions.sharing.refuse_if_too_fast", lambda *_: None)
    client = client_of(world.bo)
    addresses = [shelf + "?tag=boats&by=al", reverse("community_shelf", args=[world.community.slug]) + "?sort=useful"]
    few = [queries_of(client, address) for address in addresses]
    for n in range(12):
        a_sharing(world.place, sharer=world.al, tags=["boats", f"tag{n}"])
        a_sharing(world.place, sharer=world.fay, url="https://example.org/paddles", why=f"Reason {n}")
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 13


def test_who_found_it_useful_is_counted_once_and_named_to_nobody(world, client_of, shelf):
    resource = Resource.objects.get(title="On herons")
    url, bo = reverse("useful", args=[world.community.slug, resource.pk]), client_of(world.bo)
    for client in (bo, bo, client_of(world.fay)):
        assert client.post(url, {"found": "yes"}).url == resource.get_absolute_url()
    resource.refresh_from_db()
    assert resource.useful_count == Useful.objects.count() == 2
    answer = bo.post(url, {"found": "no"}, headers=HTMX).content.decode()
    assert 'aria-pressed="false"' in answer
    assert "<html" not in answer
    bo.post(url, {"found": "no"})
    resource.refresh_from_db()
    assert resource.useful_count == Useful.objects.count() == 1


def test_what_is_on_no_shelf_any_more_is_not_found_useful(world, client_of, shelf):
    resource = Resource.objects.get(title="On herons")
    resource.sharings.update(removed_at=resource.created_at, removed_by=world.bo)
    url = reverse("useful", args=[world.community.slug, resource.pk])
    assert client_of(world.fay).post(url, {"key": uuid.uuid4()}).status_code == 404
