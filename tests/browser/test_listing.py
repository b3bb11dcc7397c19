"""Filtering and sorting a unit's conversations, in place and by plain links."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from discussions.actions import react
from tests.browser.conftest import PHONE, WIDE, scrolls_sideways, violations
from tests.factories import a_thread

pytestmark = pytest.mark.django_db(transaction=True)

ways = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture
def talk(world):
    helpful = a_thread(world.place, author=world.bo, title="What helped us")
    react(person=world.al, post=helpful.posts.get(), word="helped")
    a_thread(world.place, author=world.al, title="Who has tried it?", kind="question")


@ways
@pytest.mark.parametrize("name", ["unit", "threads"])
def test_one_chooses_what_the_list_shows_and_the_address_keeps_it(open_as, world, talk, javascript, name):
    path = world.place.path if name == "unit" else reverse(name, args=[world.community.slug, world.place.pk])
    page = open_as(world.fay, path, javascript=javascript)
    rows = page.locator("#conversations .rows .t")
    expect(rows).to_have_text(["Who has tried it?", "What helped us"])
    page.get_by_role("link", name="Most helpful first").click()
    expect(rows).to_have_text(["What helped us", "Who has tried it?"])
    page.get_by_role("link", name="Questions without an answer").click()
    expect(rows).to_have_text(["Who has tried it?"])
    expect(page).to_have_url(re.compile(r"\?show=open&sort=helpful"))
    chosen = page.get_by_role("link", name="Questions without an answer")
    expect(chosen).to_have_attribute("aria-current", "true")
    if javascript:
        expect(chosen).to_be_focused()
        expect(page.locator("#announcer")).to_have_text(
            "1 conversation: Questions without an answer. Most helpful first."
        )
        if name == "unit":
            expect(page.locator("#thread-count")).to_have_text("1 thread")
    page.reload()
    expect(rows).to_have_text(["Who has tried it?"])
    page.get_by_role("link", name="Mine").click()
    expect(page.get_by_text("You have not written here yet.")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, PHONE, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_choices_are_accessible_and_fit(open_as, world, talk, width, scheme):
    page = open_as(world.bo, f"{world.place.path}?show=mine&sort=place", width=width, scheme=scheme)
    assert violations(page) == []
    assert not scrolls_sideways(page)
