"""Making a collection by keyboard, and reading it in a unit, to each by their rights."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from community.actions import join
from courses.actions import edit_unit
from resources.models import Collection
from tests.browser.conftest import violations
from tests.browser.test_care import IS_SETTLED
from tests.factories import a_resource

pytestmark = pytest.mark.django_db(transaction=True)


def add(page, resource, collection, words):
    """Put something into a collection, from its own page."""
    page.goto(resource.get_absolute_url())
    page.get_by_role("link", name="Add to a collection").click()
    page.get_by_label("Into which collection?").select_option(label=collection)
    page.get_by_label("Words about it").fill(words)
    page.get_by_role("button", name="Add it").click()


def button(page, verb, title):
    return page.get_by_role("button", name=re.compile(f"^{verb}.*{title}$"))


def has_titles(page, *titles):
    expect(page.locator(".collected .t")).to_have_text(list(titles))


@pytest.fixture
def shared(world):
    """Two resources of the cohort, and one that only Fay sees of it."""
    join(world.other, world.fay)
    places = [world.place, world.other.places.commons().get(), world.commons]
    return [a_resource(place, sharer=world.fay, title=f"Study {n}") for n, place in enumerate(places, start=1)]


def test_a_collection_is_made_filled_ordered_by_keyboard_and_read_in_a_unit(open_as, world, shared):
    page = open_as(world.fay, reverse("new_collection"))
    page.get_by_label("What is it called?").fill("For new hosts")
    page.get_by_label("What is it for?").fill("Begin *here*.")
    page.get_by_label("Who sees it?").select_option(label="Heron cohort")
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_role("heading", name="For new hosts")).to_be_visible()
    for resource, words in zip(shared, ["Short.", "Only for us.", "Long, and worth it."], strict=True):
        add(page, resource, "For new hosts", words)
        expect(page.get_by_role("heading", name="For new hosts")).to_be_visible()
    has_titles(page, "Study 1", "Study 2", "Study 3")

    button(page, "Up", "Study 3").focus()
    for order in (["Study 1", "Study 3", "Study 2"], ["Study 3", "Study 1", "Study 2"]):
        page.wait_for_function(IS_SETTLED)
        page.keyboard.press("Enter")
        has_titles(page, *order)
        expect(button(page, "Up", "Study 3")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Now number 1.")

    unit, collection = world.unit, Collection.objects.get()
    text = f"{unit.source}\n\n::collection{{{collection.pk}}}\n"
    edit_unit(unit=unit, author=world.alice, source=text, version=unit.version)
    reader = open_as(world.bo, world.place.path)
    expect(reader.get_by_role("region", name="For new hosts")).to_be_visible()
    has_titles(reader, "Study 3", "Study 1")
    assert violations(reader) == []
    reader.get_by_role("region", name="For new hosts").get_by_role("link", name="For new hosts").click()
    has_titles(reader, "Study 3", "Study 1")
    expect(reader.get_by_text("Only for us.")).to_have_count(0)


def test_without_javascript_one_keeps_and_orders_all_the_same(open_as, world, shared):
    page = open_as(world.fay, shared[0].get_absolute_url(), javascript=False)
    page.get_by_role("button", name="Bookmark").click()
    expect(page.get_by_role("button", name="Bookmark")).to_have_attribute("aria-pressed", "true")
    for n, resource in enumerate(shared[:2]):
        page.goto(resource.get_absolute_url())
        page.get_by_role("link", name="Add to a collection").click()
        if n == 0:
            page.get_by_label("What is the new one called?").fill("Mine")
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    button(page, "Up", "Study 2").click()
    has_titles(page, "Study 2", "Study 1")
    button(page, "Take out", "Study 2").click()
    page.get_by_role("button", name="Undo").click()
    has_titles(page, "Study 2", "Study 1")
    page.goto("/bookmarks/")
    button(page, "Remove", "Study 1").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Study 1", exact=True)).to_be_visible()
