"""What goes to the course's standing community of practice: into its commons, as it has no units."""

import pytest
from django.urls import reverse

from community.actions import join
from courses.actions import carry_things, carry_threads, choose
from discussions.actions import StaysBehind
from discussions.models import CarriedThread, Consent
from tests.factories import a_community, a_member, a_post, a_resource, a_thread_on, a_wiki_page


@pytest.fixture
def practice(world):
    """That of the course, which Alice hosts, and Nia, who is in it."""
    community = a_community("Where we go on", host=world.alice, slug="going-on")
    world.course.practice = community
    world.course.save(update_fields=["practice"])
    return community, a_member(community, "Nia Sol", handle="nia")


def test_talk_things_and_pages_of_units_stand_in_its_commons(world, practice, client_of):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo, title="On numbers")
    a_post(thread, author=world.al, body="Al's words.")
    things = [a_resource(world.place, sharer=world.bo, title="A link"), a_wiki_page(world.place, author=world.bo)]
    choose(by=world.bo, community=world.community, choice=Consent.Choice.NAMED)
    carry_threads(by=world.alice, threads=[thread], to=practice[0])
    carry_things(by=world.alice, things=things, to=practice[0])
    nia = client_of(practice[1])
    html = nia.get(practice[0].get_absolute_url()).content.decode()
    for words in ("On numbers", "Counting posts makes those readers look absent.", "A link", things[1].title):
        assert words in html
    assert "Al's words" not in html
    assert "on an earlier wording" not in html
    assert nia.get(CarriedThread.objects.get().get_absolute_url()).status_code == 200
    assert client_of(world.cy).get(CarriedThread.objects.get().get_absolute_url()).status_code == 404


def test_who_guides_both_can_choose_it_on_the_page(world, practice, client_of):
    page = reverse("carrying", args=[world.community.slug])
    a_thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    alice = client_of(world.alice)
    alice.post(reverse("nominate", args=[world.community.slug, a_thread.pk]), {"nominated": "yes"})
    assert "Where we go on" in alice.get(page).content.decode()
    assert "Where we go on" not in client_of(world.fay).get(page).content.decode()
    sent = {"threads": a_thread.pk, "to": practice[0].pk}
    alice.post(reverse("carry", args=[world.community.slug]), sent)
    assert CarriedThread.objects.get().place == practice[0].places.get()


def test_no_other_community_gets_anything_of_it(world, practice):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    join(world.other, world.alice, role="host")
    with pytest.raises(StaysBehind):
        carry_threads(by=world.alice, threads=[thread], to=world.other)
