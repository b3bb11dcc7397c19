"""The same link shared twice in a place is one resource with two reasons."""

import importlib
import uuid

import pytest
from django.apps import apps

from accounts.actions import hide_person
from community.models import Place
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.actions import RemovedHere, share
from resources.models import Resource, Sharing, canonical
from tests.factories import a_community, a_member, a_resource, a_sharing, commons_of
from tests.wiki.test_at_once import together

pytestmark = pytest.mark.django_db
LINK = "https://example.org/herons?page=2"


@pytest.mark.once
@pytest.mark.parametrize(
    "same",
    [
        "HTTPS://Example.ORG/herons?page=2", "https://example.org:443/herons?page=2", "https://example.org./herons?page=2",
        "https://example.org/herons?page=2#", "https://example.org/herons?page=2#top",
        "https://example.org/herons?page=2#:~:text=They%20wait", "https://example.org/%68erons?page=2",
        "https://example.org/herons?utm_source=x&page=2&utm_medium=mail&fbclid=1", " https://example.org/herons?page=2\n",
    ],
)  # fmt: skip
def test_these_are_the_same_link(same):
    assert canonical(same) == LINK


@pytest.mark.once
@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/herons?page=2", "https://example.org/Herons?page=2", "https://example.org/herons?page=3",
        "https://example.org/herons", "https://example.org/herons/?page=2", "https://example.org:444/herons?page=2",
        "https://a@example.org/herons?page=2", "https://example.org/herons?page=2#nest", "https://example.com/herons?page=2",
        "https://example.org/herons%2F?page=2", "https://example.org/herons?page=2&utm", "https://example.org/herons?Page=2",
        "https://example.org/herons?page=%32", "https://example.org/herons?page=2#/route", "https://[::1/herons?page=2",
    ],
)  # fmt: skip
def test_these_are_not(other):
    assert canonical(other) != LINK


@pytest.mark.once
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org/%e4", "https://example.org/%E4"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_these_two_are_the_same_link(one, other):
    assert canonical(one) == canonical(other)


def test_two_people_who_share_a_link_make_one_resource_with_both_reasons(world):
    first = a_sharing(world.place, sharer=world.bo, url=LINK, title="On herons", why="They wait.", tags=["birds"])
    second = a_sharing(
        world.place, sharer=world.al, url=LINK + "&utm_source=x", title="Other", why="Quiet.", tags=["patience"]
    )
    resource = Resource.objects.get()
    assert first.resource == second.resource == resource
    assert (resource.title, resource.url, sorted(resource.tags.names())) == ("On herons", LINK, ["birds", "patience"])
    assert [sharing.source for sharing in resource.sharings.in_order()] == ["They wait.", "Quiet."]
    assert Place.objects.filter(kind="resource").count() == 1


def test_at_another_place_it_is_another_resource(world):
    a_resource(world.place, sharer=world.bo, url=LINK)
    a_resource(world.commons, sharer=world.bo, url=LINK)
    assert Resource.objects.count() == 2


def test_who_shares_it_again_in_the_same_words_says_it_once(world):
    for why in ("They wait.", "They wait.", "And they fish."):
        a_sharing(world.place, sharer=world.bo, url=LINK, why=why)
    assert [sharing.source for sharing in Sharing.objects.in_order()] == ["They wait.", "And they fish."]


def test_the_same_note_twice_is_two_notes(world):
    for _time in range(2):
        a_sharing(world.place, sharer=world.bo, text="Bring boots.")
    assert Resource.objects.filter(kind="note", url="").count() == 2


def test_what_a_guide_removed_is_not_shared_again(world):
    resource = a_resource(world.place, sharer=world.bo, url=LINK)
    Resource.objects.filter(pk=resource.pk).update(removed_at=resource.created_at, removed_by=world.fay)
    with pytest.raises(RemovedHere):
        a_sharing(world.place, sharer=world.al, url=LINK)
    assert Sharing.objects.count() == 1


def test_who_shared_it_before_and_who_is_named_hear_of_it(world):
    a_sharing(world.place, sharer=world.bo, url=LINK)
    a_sharing(world.place, sharer=world.al, url=LINK, why="For @fay too.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    told = Notification.objects.values_list("person__handle", "reason").order_by("person__handle")
    assert list(told) == [("bo", "taking_part"), ("fay", "mention")]


def test_of_a_blocked_person_only_the_reason_is_not_shown(world, client_of):
    resource = a_resource(world.place, sharer=world.al, url=LINK, title="On herons", why="Canary-of-Al")
    hide_person(person=world.bo, hidden=world.al)
    client = client_of(world.bo)
    paths = [world.place.path, resource.get_absolute_url()]
    for path in paths:
        assert "On herons" not in client.get(path).content.decode()
    a_sharing(world.place, sharer=world.fay, url=LINK, why="Worth a walk.")
    for path in paths:
        html = client.get(path).content.decode()
        assert "On herons" in html
        assert "Worth a walk." in html
        assert "Canary-of-Al" not in html


@pytest.mark.django_db(transaction=True)
def test_twenty_who_share_at_once_make_one_resource():
    place = commons_of(a_community())
    sharers = [a_member(place.community) for _ in range(10)] * 2

    def put(sharer):
        return share(sharer=sharer, place=place, key=uuid.uuid4(), url=LINK, why="They wait.", tags=["birds"])

    assert len({sharing.resource_id for sharing in together(put, sharers)}) == 1
    assert (Resource.objects.count(), Sharing.objects.count()) == (1, 10)
    assert Place.objects.filter(kind="resource").count() == 1


def test_links_from_before_have_a_place_to_talk_and_their_reason_moves_over(world):
    """Only the migration's own steps: the columns of the time before are there no more."""
    migration = importlib.import_module("resources.migrations.0003_sharings")
    resource = a_resource(world.place, sharer=world.bo, url=LINK, title="On herons")
    stand = {"title": "On herons", "kind": "resource", "within": world.place, "path": resource.get_absolute_url()}
    assert Place.objects.filter(pk=resource.talk_id, **stand).exists()
    old = resource.talk_id
    migration.stand_alone(apps, resource, resource.fingerprint)
    assert resource.talk_id != old
    assert Place.objects.filter(pk=resource.talk_id, **stand).exists()
