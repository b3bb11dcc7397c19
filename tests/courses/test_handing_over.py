"""What the people of a cohort leave to those who come next: one tip, one link, one edit of a page."""

from uuid import uuid4

import pytest
from django.urls import reverse

from courses.actions import carry_threads, open_hand_over, turn_season
from courses.models import HandOver, ThingNomination
from discussions.models import Consent, Nomination
from notifications.models import Event
from resources.models import Sharing
from tests.factories import a_cohort, a_member, place_of
from wiki.actions import edit_page


@pytest.fixture
def hand_over(world):
    return open_hand_over(cohort=world.cohort, by=world.alice)


def leave(client, what, /, **words):
    return client.post(reverse(f"leave_{what}", args=["heron"]), {"key": uuid4(), **words})


def page_of(client):
    return client.get(reverse("hand_over", args=["heron"])).content.decode()


def test_each_is_asked_for_three_things_and_sees_what_is_done(world, client_of, hand_over):
    bo = client_of(world.bo)
    page = page_of(bo)
    assert all(words in page for words in ("One tip", "One link", "One edit", 'name="choice"'))
    assert leave(bo, "tip", body="Read the *questions* first.", choice="unnamed").status_code == 302
    assert leave(bo, "link", what="https://example.org/notes").status_code == 302
    edit_page(author=world.bo, page=hand_over.page, body=f"{hand_over.page.source}\nMine.\n", version=1, summary="")
    page = page_of(bo)
    assert "You have left all three." in page
    assert "Read the <em>questions</em> first." in page
    assert 'name="choice"' not in page
    assert Consent.objects.get(person=world.bo).choice == "unnamed"
    assert "You have left all three." not in page_of(client_of(world.al)), "what one has done is one's own"


def test_it_stands_where_those_who_come_next_begin_and_is_put_forward(world, client_of, hand_over):
    assert hand_over.place == world.place
    leave(client_of(world.bo), "link", what="https://example.org/notes")
    assert Nomination.objects.get().thread == hand_over.thread
    assert {one.thing for one in ThingNomination.objects.all()} == {hand_over.page, Sharing.objects.get().resource}


def test_who_comes_next_reads_the_tip_where_they_begin(world, client_of, hand_over):
    leave(client_of(world.bo), "tip", body="Read the questions first.", choice="unnamed")
    leave(client_of(world.al), "tip", body="Nobody may read this.", choice="nothing")
    later = a_cohort(world.course, host=world.alice, days_ago=0)
    carry_threads(by=world.alice, threads=[hand_over.thread], to=later.community)
    page = client_of(a_member(later.community)).get(place_of(world.unit, later.community).path).content.decode()
    assert "Read the questions first." in page
    assert "Nobody may read this." not in page
    assert "Bo Lindqvist" not in page


def test_opened_twice_there_is_one_and_everybody_is_asked_once(world, client_of):
    fay = client_of(world.fay)
    assert "Ask everybody now" in page_of(fay)
    for _ in range(2):
        fay.post(reverse("open_hand_over", args=["heron"]))
    assert HandOver.objects.get().opened_by == world.fay
    assert Event.objects.filter(verb="opened").count() == 1


def test_members_find_nothing_before_it_is_open(world, client_of):
    assert client_of(world.bo).get(reverse("hand_over", args=["heron"])).status_code == 404
    assert client_of(world.bo).post(reverse("open_hand_over", args=["heron"])).status_code == 403


def test_turning_the_season_asks_too_and_tells_by_its_own_news(world, client_of):
    turn_season(cohort=world.cohort, by=world.alice)
    assert HandOver.objects.get().community == world.community
    assert not Event.objects.filter(verb="opened").exists()
    page = client_of(world.bo).get("/c/heron/").content.decode()
    assert "The course is over, and we go on." in page
    assert reverse("hand_over", args=["heron"]) in page


def test_a_cohort_without_units_hands_over_in_its_commons(world):
    cohort = a_cohort(host=world.alice)
    cohort.community.unit_places.all().delete()
    assert open_hand_over(cohort=cohort, by=world.alice).place.kind == "commons"


@pytest.mark.parametrize("what", ["tip", "link"])
def test_what_is_refused_is_kept(world, client_of, hand_over, what):
    long = "x" * 10_001
    words = {"body": long} if what == "tip" else {"what": "javascript:alert(1)", "why": "Kept why"}
    response = leave(client_of(world.bo), what, **words)
    assert response.status_code == 422
    assert (long if what == "tip" else "Kept why") in response.content.decode()


def test_a_guest_reads_it_and_leaves_nothing(world, client_of, hand_over):
    gus = client_of(a_member(world.community, role="guest"))
    page = page_of(gus)
    assert "One tip" in page
    assert reverse("leave_tip", args=["heron"]) not in page
    for what, words in (
        ("tip", {"body": "Kept words"}),
        ("link", {"what": "https://example.org", "why": "Kept words"}),
    ):
        response = leave(gus, what, **words)
        assert response.status_code == 409
        assert "Kept words" in response.content.decode()


def test_a_double_click_leaves_one(world, client_of, hand_over):
    key, bo = uuid4(), client_of(world.bo)
    for _ in range(2):
        leave(bo, "tip", body="Once.", key=key)
        leave(bo, "link", what="https://example.org/notes", key=key)
    assert hand_over.thread.posts.answers().count() == 1
    assert Sharing.objects.count() == 1
