"""Curating a collection together: who is asked, who answers, and what each may do."""

import pytest
from django.urls import reverse

from accounts.actions import hide_person
from community.actions import join, remove_member
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.actions import ask_to_curate
from resources.models import Curator
from tests.factories import a_collection, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(world):
    return a_collection(None, a_resource(world.place, sharer=world.fay), by=world.fay, title="canary-drafted")


def ask(client, collection, handle):
    return client.post(reverse("curators", args=[collection.pk]), {"handle": handle})


def answer(client, collection, word):
    return client.post(reverse("answer_curating", args=[collection.pk]), {"answer": word})


def edit(client, collection):
    return client.get(reverse("edit_collection", args=[collection.pk])).status_code


def told(person):
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    return Notification.objects.visible_to(person).count()


def test_whoever_is_asked_hears_of_it_looks_and_accepts(world, client_of, private):
    fay, bo = client_of(world.fay), client_of(world.bo)
    for handle in ("@Bo", "bo"):
        assert ask(fay, private, handle).status_code == 302
    assert told(world.bo) == 1
    assert "Curate “canary-drafted” with them?" in bo.get("/notifications/").content.decode()
    assert "You are asked to curate" in bo.get("/collections/").content.decode()
    assert "asks you to curate" in bo.get(private.get_absolute_url()).content.decode()
    assert edit(bo, private) == 403
    answer(bo, private, "yes")
    assert edit(bo, private) == 200
    page = fay.get(private.get_absolute_url()).content.decode()
    assert "Bo Lindqvist" in page


def test_whoever_declines_or_leaves_sees_it_no_longer_and_can_be_asked_again(world, client_of, private):
    fay, bo = client_of(world.fay), client_of(world.bo)
    for before in ([], ["yes"]):
        ask(fay, private, "bo")
        for word in [*before, "no"]:
            answer(bo, private, word)
        assert bo.get(private.get_absolute_url()).status_code == 404
    ask(fay, private, "bo")
    assert bo.get(private.get_absolute_url()).status_code == 200
    curator = Curator.objects.get(person=world.bo)
    assert curator.accepted_at is None
    fay.post(reverse("remove_curator", args=[private.pk, curator.pk]))
    assert bo.get(private.get_absolute_url()).status_code == 404


def test_only_people_of_ones_communities_are_asked_and_nobody_learns_who_else_is_here(world, client_of, private):
    fay = client_of(world.fay)
    refused = [ask(fay, private, handle) for handle in ("cy", "ed", "nobody_at_all", "fay")]
    assert {answer.status_code for answer in refused} == {422}
    pages = [page.content.decode() for page in refused]
    assert all("Nobody whom you can ask" in page for page in pages)
    join(world.other, world.fay)
    assert ask(fay, private, "cy").status_code == 302
    of_cohort = a_collection(world.commons, by=world.fay)
    assert ask(fay, of_cohort, "cy").status_code == 422


def test_curators_change_what_is_in_it_and_not_who_sees_it(world, client_of):
    shared = a_collection(world.commons, by=world.fay)
    ask_to_curate(collection=shared, handle="bo", asked_by=world.fay)
    bo = client_of(world.bo)
    answer(bo, shared, "yes")
    form = {"title": "Changed", "words": "W", "version": 1, "place": "", "is_communitys": "on"}
    bo.post(reverse("edit_collection", args=[shared.pk]), form)
    shared.refresh_from_db()
    assert (shared.title, shared.place_id, shared.is_communitys) == ("Changed", world.commons.pk, False)
    for name in ("curators", "remove_collection"):
        assert bo.post(reverse(name, args=[shared.pk]), {"handle": "al"}).status_code == 403


def test_a_curator_who_left_the_community_changes_nothing_any_more(world, client_of):
    shared = a_collection(world.commons, by=world.fay)
    ask_to_curate(collection=shared, handle="bo", asked_by=world.fay)
    bo = client_of(world.bo)
    answer(bo, shared, "yes")
    remove_member(world.community.membership_of(world.bo))
    assert edit(bo, shared) == 404


def test_somebody_blocked_asks_in_vain(world, client_of, private):
    hide_person(person=world.bo, hidden=world.fay)
    ask(client_of(world.fay), private, "bo")
    assert told(world.bo) == 0
    assert "canary" not in client_of(world.bo).get("/collections/").content.decode()


def test_who_began_it_stays_with_it(world, client_of, private):
    fay = client_of(world.fay)
    assert answer(fay, private, "no").status_code == 403
    curator = private.curators.get(person=world.fay)
    assert fay.post(reverse("remove_curator", args=[private.pk, curator.pk])).status_code == 403
