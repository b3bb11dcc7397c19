"""Tags: each community its own, completed from what one sees there, renamed and brought together by hosts."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.models import Place
from resources.actions import rename_tag
from resources.models import Resource, Tag
from tests.factories import a_community, a_member, a_resource, commons_of

CANARY = "canary-of-others"


def completed(client, community, part):
    return client.get(reverse("tags", args=[community.slug]), {"q": part}).json()["found"]


def tag_of(community, name):
    return Tag.objects.of(community).named(name).get()


def names(resource):
    return sorted(Resource.objects.get(pk=resource.pk).tags.names())


def test_tags_are_completed_from_what_the_community_uses_the_most_used_first(world, client_of):
    for tags in (["patience"], ["paddles", "birds"], ["paddles"]):
        a_resource(world.place, sharer=world.fay, tags=tags)
    assert completed(client_of(world.bo), world.community, "PA") == ["paddles", "patience"]
    assert completed(client_of(world.bo), world.community, "") == ["paddles", "birds", "patience"]
    assert [completed(client_of(world.bo), world.community, part) for part in ("nothing", "\0")] == [[], []]


def test_no_tag_is_told_that_one_does_not_see_used(world, client_of):
    """In another community, at a place that has not opened, on what was removed, or by somebody one has blocked."""
    client, slug = client_of(world.bo), world.community.slug
    other = a_community()
    a_resource(commons_of(other), sharer=a_member(other), tags=[CANARY])
    later = {"path": "/c/later/", "opens_at": timezone.now() + timedelta(days=1)}
    closed = Place.objects.create(community=world.community, kind="unit", title="Later", **later)
    a_resource(closed, sharer=world.fay, tags=[CANARY])
    removed = a_resource(world.place, sharer=world.fay, tags=[CANARY])
    Resource.objects.filter(pk=removed.pk).update(removed_at=timezone.now())
    a_resource(world.place, sharer=world.al, tags=[CANARY])
    hide_person(person=world.bo, hidden=world.al)
    assert completed(client, world.community, "ca") == []
    for path in (reverse("community_shelf", args=[slug]), reverse("shelf", args=[slug, world.place.pk])):
        page = client.get(path).content.decode()
        assert CANARY not in page
        asked, random = (client.get(path, {"tag": tag}).content.decode() for tag in (CANARY, "random-of-nobody"))
        assert asked.count("<li id=") == random.count("<li id=") == 0
        assert len(asked.replace(CANARY, "")) == len(random.replace("random-of-nobody", ""))
    assert completed(client_of(world.fay), world.community, "ca") == [CANARY]


def test_renaming_a_tag_touches_no_other_community(world, client_of):
    mine = a_resource(world.place, sharer=world.bo, tags=["birds"])
    other = a_community(members=(world.alice,))
    theirs = a_resource(commons_of(other), sharer=world.alice, tags=["birds"])
    tag = tag_of(world.community, "birds")
    url = reverse("edit_tag", args=[world.community.slug, tag.pk])
    assert client_of(world.alice).post(url, {"name": " Herons, "}).status_code == 302
    assert (names(mine), names(theirs)) == (["herons"], ["birds"])
    assert (
        client_of(world.alice)
        .get(reverse("edit_tag", args=[world.community.slug, tag_of(other, "birds").pk]))
        .status_code
        == 404
    )


def test_two_tags_become_one_only_when_the_host_says_so(world, client_of):
    both = a_resource(world.place, sharer=world.bo, tags=["bird", "birds"])
    one = a_resource(world.place, sharer=world.bo, tags=["bird"])
    url = reverse("edit_tag", args=[world.community.slug, tag_of(world.community, "bird").pk])
    asked = client_of(world.alice).post(url, {"name": "birds"})
    assert asked.status_code == 409
    assert "Bring both together?" in asked.content.decode()
    assert (names(both), names(one)) == (["bird", "birds"], ["bird"])
    client_of(world.alice).post(url, {"name": "birds", "merge": "yes"})
    assert (names(both), names(one)) == (["birds"], ["birds"])
    assert list(Tag.objects.values_list("name", flat=True)) == ["birds"]


def test_a_tag_is_taken_from_everything_and_what_was_shared_stays(world, client_of):
    resource = a_resource(world.place, sharer=world.bo, tags=["birds", "x"])
    client_of(world.alice).post(reverse("remove_tag", args=[world.community.slug, tag_of(world.community, "x").pk]))
    assert names(resource) == ["birds"]


def test_the_hosts_page_lists_tags_with_how_much_they_are_on(world, client_of):
    a_resource(world.place, sharer=world.bo, tags=["birds"])
    a_resource(world.commons, sharer=world.bo, tags=["birds"])
    page = client_of(world.alice).get(reverse("community_tags", args=[world.community.slug])).content.decode()
    assert "birds" in page
    assert "on 2 things" in page


def test_a_tag_is_one_line_without_signs_that_turn_it_round(world, client_of):
    form = {"what": "https://example.org", "key": uuid.uuid4(), "tags": "\u202ebirds\u202c, two\twords, \u200f"}
    client_of(world.bo).post(reverse("shelf", args=[world.community.slug, world.place.pk]), form)
    assert names(Resource.objects.get()) == ["birds", "two words"]


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "t" * 41, ",", "t" * 300])
def test_a_name_that_is_none_is_refused(world, client_of, name):
    a_resource(world.place, sharer=world.bo, tags=["birds"])
    url = reverse("edit_tag", args=[world.community.slug, tag_of(world.community, "birds").pk])
    assert client_of(world.alice).post(url, {"name": name}).status_code == 422
    assert Tag.objects.get().name == "birds"


def test_a_tag_renamed_to_itself_stays(world):
    a_resource(world.place, sharer=world.bo, tags=["birds"])
    tag = tag_of(world.community, "birds")
    assert rename_tag(tag, "birds") == tag
    assert Tag.objects.get().name == "birds"
