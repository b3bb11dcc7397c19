"""Sharing from anywhere: a page with a form that a bookmark fills in, and nothing happens before it is sent."""

import uuid
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from resources.models import Resource, Sharing
from tests.factories import a_community, a_resource, commons_of

LINK = "https://example.org/herons?a=1&b=2"


@pytest.fixture
def page(world, client_of):
    def get(person=world.bo, **query):
        return BeautifulSoup(client_of(person).get(reverse("share"), query).content, "html.parser")

    return get


def test_the_form_is_filled_in_and_looking_changes_nothing(page):
    found = page(url=LINK, title="On\u202e herons\n" + "x" * 300)
    assert found.select_one("[name=what]").text.strip() == LINK
    assert found.select_one("[name=title]")["value"] == ("On herons " + "x" * 300)[:200]
    assert not Resource.objects.exists()


def test_the_bookmark_opens_the_form_with_the_page_that_one_is_on(page):
    bookmark = page().select_one("a[href^='javascript:']")["href"]
    assert "http://testserver/share/?url='+encodeURIComponent(location.href)" in bookmark
    assert urlsplit(bookmark).scheme == "javascript"


def test_one_chooses_among_the_places_that_one_sees(world, client_of, page):
    a_resource(world.place, sharer=world.fay)
    offered = {option["value"] for option in page().select("[name=place] option[value]") if option["value"]}
    mine = world.community.places.with_shelves().values_list("pk", flat=True)
    assert offered == {str(pk) for pk in mine}
    form = {"what": LINK, "why": "They wait.", "place": world.commons.pk, "key": uuid.uuid4()}
    answer = client_of(world.bo).post(reverse("share"), form)
    assert answer.url == Sharing.objects.latest("pk").get_absolute_url()
    assert Sharing.objects.latest("pk").resource.place == world.commons


@pytest.mark.parametrize("place", ["", "x", "0", "9" * 30, None])
def test_a_place_that_one_does_not_see_is_none_and_the_words_are_kept(world, client_of, place):
    place = commons_of(a_community()).pk if place is None else place
    form = {"what": LINK, "why": "Kept words", "place": place, "key": uuid.uuid4()}
    answer = client_of(world.bo).post(reverse("share"), form)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Resource.objects.exists()


def test_who_is_in_no_community_is_told_so(world, page):
    assert "When you are in a community" in page(world.ed).text
