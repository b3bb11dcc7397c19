"""Finding people of a community by name and by what they say they know or want to learn; each part to whom they say."""

import pytest
from django.urls import reverse

from accounts.actions import describe_oneself
from accounts.models import Interest
from community.actions import join
from courses.actions import mark_done, mark_undone
from courses.models import HelpOffer
from tests import factories as make

PUBLIC = {f"{part}_for": "members" for part in ("about", "knows", "wants", "time_zone", "email")}


def say(person, knows=(), wants=(), **audiences):
    describe_oneself(person=person, knows=knows, wants=wants, audiences=audiences)


def found(client, community, **query):
    """Handles of who is found, in order."""
    answer = client.get(reverse("people", args=[community.slug]), query)
    return [membership.user.handle for membership in answer.context["page"]]


def test_people_are_found_by_name_and_by_what_they_know(world, client_of):
    say(world.bo, knows=["bird song", "statistics"], wants=["drawing"])
    say(world.al, knows=["drawing"])
    fay = client_of(world.fay)
    assert found(fay, world.community, q="lindq") == ["bo"]
    assert found(fay, world.community, q="SONG") == ["bo"]
    assert found(fay, world.community, q="drawing") == ["bo", "al"]
    assert found(fay, world.community, knows="drawing") == ["al"]
    assert found(fay, world.community, wants="drawing") == ["bo"]
    assert found(fay, world.community, q="bo drawing") == ["bo"]
    assert found(fay, world.community, q="nothing of the kind") == []


@pytest.mark.parametrize(("audience", "finds"), [("members", "al fay bo"), ("guides", "fay bo"), ("nobody", "bo")])
def test_nobody_is_found_by_what_they_do_not_show(world, client_of, audience, finds):
    say(world.bo, knows=["secret words"], knows_for=audience)
    for name in ("al", "fay", "bo"):
        client = client_of(getattr(world, name))
        expected = ["bo"] if name in finds.split() else []
        assert found(client, world.community, q="secret") == expected, name
        assert found(client, world.community, knows="secret words") == expected, name
        for page in (reverse("people", args=["heron"]), world.bo.get_absolute_url()):
            assert ("secret words" in client.get(page).content.decode()) == bool(expected), (name, page)


@pytest.mark.parametrize("part", ["about", "time_zone", "email"])
def test_each_part_of_a_profile_is_shown_to_whom_it_is_for(world, client_of, part):
    world.bo.about, world.bo.time_zone = "Counts herons.", "Pacific/Kiritimati"
    world.bo.save()
    words = {"about": "Counts herons.", "time_zone": "Pacific/Kiritimati", "email": world.bo.email}[part]
    for audience, readers in (("members", "al fay bo"), ("guides", "fay bo"), ("nobody", "bo")):
        say(world.bo, **PUBLIC | {f"{part}_for": audience})
        for name in ("al", "fay", "bo"):
            page = client_of(getattr(world, name)).get(world.bo.get_absolute_url()).content.decode()
            assert (words in page) == (name in readers.split()), (audience, name)


def test_a_guide_of_another_community_is_no_guide_here(world, client_of):
    say(world.bo, knows=["secret words"], knows_for="guides")
    join(world.other, world.al, role="host")
    assert found(client_of(world.al), world.community, q="secret") == []
    assert "secret words" not in client_of(world.al).get(world.bo.get_absolute_url()).content.decode()


def test_what_is_typed_comes_back_if_it_is_too_much(world, client_of):
    bo, url = client_of(world.bo), reverse("directory_settings")
    many = ", ".join(f"word {n}" for n in range(13))
    for wrong in (many, "x" * 41):
        answer = bo.post(url, {"knows": wrong, "wants": "", **PUBLIC})
        assert answer.status_code == 422
        assert wrong in answer.content.decode()
    assert bo.post(url, {"knows": " Bird  Song, bird song,,", "wants": "Ink", **PUBLIC}).status_code == 302
    said = sorted(Interest.objects.of_people([world.bo.pk]).values_list("kind", "name"))
    assert said == [("knows", "bird song"), ("wants", "ink")]
    assert "bird song" in bo.get(url).content.decode()


def test_the_directory_asks_as_much_for_many_as_for_few(world, client_of, django_assert_num_queries):
    client, url = client_of(world.bo), reverse("people", args=["heron"])
    client.get(url)  # the first visit of a day is noted
    with django_assert_num_queries(8):
        client.get(url, {"q": "e"})
    for number in range(20):
        person = make.a_person(f"Newcomer {number}")
        join(world.community, person)
        say(person, knows=["weaving"])
    with django_assert_num_queries(8):
        client.get(url, {"q": "e"})


def test_who_has_been_through_a_unit_can_offer_help(world, client_of):
    bo, page = client_of(world.bo), reverse("helpers", args=["heron", world.unit.slug])
    offer = reverse("offer_help", args=["heron", world.unit.slug])
    bo.post(offer)
    assert not HelpOffer.objects.exists()
    mark_done(world.bo, world.unit)
    assert "Bo Lindqvist" not in str(client_of(world.al).get(page).context["page"].object_list)
    bo.post(offer)
    bo.post(offer)
    listed = client_of(world.al).get(page).context["page"].object_list
    assert [membership.user for membership in listed] == [world.bo]
    mark_undone(world.bo, world.unit)
    assert client_of(world.al).get(page).context["page"].object_list == []
    mark_done(world.bo, world.unit)
    bo.post(offer, {"helps": "no"})
    assert client_of(world.al).get(page).context["page"].object_list == []
