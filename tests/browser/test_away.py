"""The database is away as somebody sends what they wrote: the words stay, and stand once when they are sent again."""

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.factories import a_thread

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Words that nobody should have to write twice."


@pytest.fixture
def thread(world):
    return a_thread(world.place, author=world.alice)


@pytest.fixture
def away(monkeypatch, logged_errors):
    """Until it is undone."""

    def refuse(**_fields):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr("discussions.actions.reply", refuse)
        yield patch
    logged_errors.clear()


def test_they_are_in_the_form_when_one_goes_back(open_as, world, thread, away):
    page = open_as(world.bo, f"/c/{world.community.slug}/t/{thread.pk}/")
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_label("Body")).to_have_value(WORDS)
    away.undo()
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".post", has_text=WORDS)).to_have_count(1)
    assert thread.posts.filter(source=WORDS).count() == 1


def test_without_javascript_they_stand_on_the_page_that_says_so(open_as, world, thread, away):
    page = open_as(world.bo, f"/c/{world.community.slug}/t/{thread.pk}/", javascript=False)
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("not quite there")
    expect(page.get_by_label("Body")).to_have_value(WORDS)
    away.undo()
    page.reload()  # which sends it again
    expect(page.locator(".post", has_text=WORDS)).to_have_count(1)
    assert thread.posts.filter(source=WORDS).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_says_so_can_be_read_by_everybody(open_as, world, scheme):
    page = open_as(None, "/offline/", scheme=scheme)
    context = {"outage": "database", "posted": True, "typed": [("body", WORDS)]}
    page.set_content(render_to_string("503.html", context), wait_until="load")
    assert violations(page) == []
