"""The page of what goes to later cohorts: putting forward, being asked once, choosing, carrying; and reading it."""

import pytest
from django.urls import reverse

from community.actions import join
from community.models import Membership
from courses.actions import edit_unit
from discussions.actions import carry_thread, consent, nominate, take_back_nomination
from discussions.models import CarriedThread, Consent, Nomination
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.courses.test_unit_page import QUERIES_AT_MOST, queries_of
from tests.factories import a_cohort, a_member, a_post, a_thread, a_thread_on, a_unit, place_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def thread(world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo, title="On numbers")
    a_post(thread, author=world.al)
    return thread


@pytest.fixture
def later(world):
    """The next cohort, which Alice guides."""
    return a_cohort(world.course, host=world.alice, title="Ibis cohort", slug="ibis", days_ago=0)


def put_forward(by, thread):
    nominate(by=by, thread=thread)
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)


def asked():
    told = Notification.objects.filter(event__verb=Event.Verb.NOMINATED)
    return sorted(told.values_list("person__handle", flat=True))


def test_writers_are_asked_once_however_much_is_put_forward(world, thread):
    put_forward(world.fay, thread)
    assert asked() == ["al", "bo"]
    for person in (world.alice, world.fay):
        put_forward(person, thread)
    put_forward(world.alice, a_thread(world.place, author=world.al))
    take_back_nomination(by=world.fay, thread=thread)
    put_forward(world.fay, thread)
    assert asked() == ["al", "bo"]


def test_who_has_chosen_already_is_not_asked(world, thread):
    consent(by=world.al, community=world.community, choice=Consent.Choice.NOTHING)
    nominate(by=world.fay, thread=thread)
    consent(by=world.bo, community=world.community, choice=Consent.Choice.NAMED)
    put_forward(world.fay, thread)
    assert asked() == []


def test_one_puts_a_conversation_forward_on_its_page_and_takes_that_back(world, thread, client_of):
    client, url = client_of(world.al), reverse("nominate", args=[world.community.slug, thread.pk])
    assert "Put it forward" in client.get(thread.get_absolute_url()).content.decode()
    for _ in range(2):
        client.post(url, {"nominated": "yes"})
    assert Nomination.objects.standing().count() == 1
    assert "Take that back" in client.get(thread.get_absolute_url()).content.decode()
    client.post(url, {"nominated": "no"})
    assert Nomination.objects.standing().count() == 0
    elsewhere = a_thread(world.commons, author=world.al)
    assert "Put it forward" not in client.get(elsewhere.get_absolute_url()).content.decode()


def test_the_question_leads_to_the_page_where_one_chooses(world, thread, client_of):
    put_forward(world.fay, thread)
    client, page = client_of(world.bo), reverse("carrying", args=[world.community.slug])
    told = client.get("/notifications/").content.decode()
    assert page in told
    assert "On numbers" in told
    html = client.get(page).content.decode()
    assert "On numbers" in html
    assert "agree" not in html
    answer = client.post(reverse("choose_carrying", args=[world.community.slug]), {"choice": "unnamed"}, follow=True)
    assert 'value="unnamed" required checked' in answer.content.decode()
    assert not Notification.objects.unread().filter(person=world.bo, event__verb=Event.Verb.NOMINATED).exists()
    refused = client.post(reverse("choose_carrying", args=[world.community.slug]), {"choice": "perhaps"})
    assert refused.status_code == 422
    assert Consent.objects.get(person=world.bo).choice == "unnamed"


def test_a_guide_of_both_carries_what_is_ticked_and_takes_it_back(world, thread, later, client_of):
    put_forward(world.bo, thread)
    consent(by=world.bo, community=world.community, choice=Consent.Choice.NAMED)
    alice, slug = client_of(world.alice), world.community.slug
    html = alice.get(reverse("carrying", args=[slug])).content.decode()
    assert "1 of 2 writers agrees" in html
    assert "Ibis cohort" in html
    url = reverse("carry", args=[slug])
    assert alice.post(url, {"to": later.community_id}).status_code == 422
    assert alice.post(url, {"threads": thread.pk}).status_code == 422
    html = alice.post(url, {"threads": thread.pk, "to": later.community_id}, follow=True).content.decode()
    assert "Shown in Ibis cohort" in html
    carried = CarriedThread.objects.get()
    assert carried.place == place_of(world.unit, later.community)
    take_back = reverse("take_back_carried", args=[slug, carried.pk])
    assert client_of(world.bo).post(take_back).status_code == 404
    assert "Shown in Ibis" not in alice.post(take_back, follow=True).content.decode()
    assert not CarriedThread.objects.exists()


def test_one_carries_to_later_cohorts_of_the_course_that_one_guides(world, thread, later, client_of):
    put_forward(world.bo, thread)
    a_cohort(world.course, title="Somebody else's cohort", days_ago=-9)
    a_cohort(a_unit().course, host=world.alice, title="Another course", days_ago=-9)
    earlier = a_cohort(world.course, host=world.alice, title="Egret cohort", days_ago=90)
    html = client_of(world.alice).get(reverse("carrying", args=[world.community.slug])).content.decode()
    assert "Ibis cohort" in html
    for title in ("Somebody else", "Another course", "Egret cohort"):
        assert title not in html
    to = {"threads": thread.pk, "to": earlier.community_id}
    assert client_of(world.alice).post(reverse("carry", args=[world.community.slug]), to).status_code == 422
    html = client_of(world.fay).get(reverse("carrying", args=[world.community.slug])).content.decode()
    assert "You guide no later cohort" in html


@pytest.fixture
def carried(world, thread, later):
    """Shown to the later cohort: one at a block, one on the whole; a learner there, and the place."""
    place = place_of(world.unit, later.community)
    for person in (world.bo, world.al):
        consent(by=person, community=world.community, choice=Consent.Choice.NAMED)
    for source in (thread, a_thread(world.place, author=world.al, title="On the whole")):
        carry_thread(by=world.alice, thread=source, place=place)
    place.refresh_from_db()
    return a_member(later.community), place


def test_the_list_can_show_what_comes_from_earlier_cohorts(world, carried, client_of):
    learner, place = carried
    client = client_of(learner)
    fragment, own = (reverse(name, args=["ibis", place.pk]) for name in ("conversation", "threads"))
    for url, headers in ((place.path, {}), (fragment, HTMX), (own, {})):
        html = client.get(f"{url}?show=earlier", headers=headers).content.decode()
        below = html[html.index('id="conversations"') :]
        assert "From earlier cohorts</a>" in below
        assert "On numbers" in below
        assert "On the whole" in below
        below = (html := client.get(f"{url}?show=mine", headers=headers).content.decode())[html.index('id="conv') :]
        assert "On numbers" not in below
        assert "On the whole" not in below
    assert "From earlier cohorts</a>" not in client_of(world.bo).get(world.place.path).content.decode()
    assert "show=earlier" not in client_of(world.bo).get(world.place.path + "?show=earlier").content.decode()


def test_without_its_block_it_stands_below_the_list(world, carried, client_of):
    learner, place = carried
    below = client_of(learner).get(place.path).content.decode().partition('id="conversations"')[2]
    assert "On the whole" in below
    assert "On numbers" not in below
    world.unit.refresh_from_db()
    rest = world.unit.source.replace("Counting posts makes those readers look absent.\n", "")
    edit_unit(unit=world.unit, author=world.fay, source=rest, version=world.unit.version)
    below = client_of(learner).get(place.path).content.decode().partition('id="conversations"')[2]
    assert "On numbers" in below
    assert "on an earlier wording" in below


def test_one_picks_it_up_in_a_conversation_of_ones_own(world, carried, client_of):
    learner, place = carried
    block = CarriedThread.objects.get(source__title="On numbers").block_id
    client = client_of(learner)
    assert f'href="{place.path}?discuss={block}#b-{block}">Pick this up' in client.get(place.path).content.decode()
    html = client.get(f"{place.path}talk/{block}/", headers=HTMX).content.decode()
    assert "On numbers" in html
    assert 'name="anchor"' in html


def test_a_unit_asks_two_queries_more_for_what_was_carried_there_however_much(world, carried, client_of):
    learner, place = carried
    client = client_of(learner)
    with_two = queries_of(client, place.path)
    for _ in range(5):
        carry_thread(by=world.alice, thread=a_thread(world.place, author=world.bo), place=place)
    assert queries_of(client, place.path) == with_two
    CarriedThread.objects.all().delete()
    type(place).objects.filter(pk=place.pk).update(carried_count=0)
    assert queries_of(client, place.path) == with_two - 2
    assert with_two <= QUERIES_AT_MOST + 2


def test_an_admin_who_is_in_both_carries_and_one_who_is_not_does_not(world, thread, client_of):
    cohort = a_cohort(world.course, title="Ibis cohort", days_ago=0)
    put_forward(world.bo, thread)
    page = reverse("carrying", args=[world.community.slug])
    assert "Ibis cohort" not in client_of(world.alice).get(page).content.decode()
    join(cohort.community, world.alice, role=Membership.Role.MEMBER)
    assert "Ibis cohort" in client_of(world.alice).get(page).content.decode()
