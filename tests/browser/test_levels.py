"""How much one hears of something, changed where one reads it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from notifications.models import Following
from tests.browser.conftest import PHONE, scrolls_sideways
from tests.factories import a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def buttons(page, title):
    return page.get_by_role("group", name=f"What you hear of “{title}”")


def test_one_click_at_a_conversation_or_a_unit_and_the_page_follows(open_as, world):
    a_thread(world.place, author=world.bo, title="Mine")
    a_thread(world.place, author=world.al, title="Theirs")
    page = open_as(world.bo, world.place.path, width=PHONE)
    page.locator(".row-fold").evaluate_all("all => all.forEach(fold => fold.open = true)")
    unit, mine, theirs = (buttons(page, title) for title in (world.place.title, "Mine", "Theirs"))
    expect(mine.get_by_role("button", pressed=True)).to_have_text("Everything")
    expect(theirs.get_by_role("button", pressed=True)).to_have_text("Digest")
    theirs.get_by_role("button", name="Everything").click()
    chosen = theirs.get_by_role("button", pressed=True)
    expect(chosen).to_have_text("Everything")
    expect(chosen).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Theirs: Everything, at once")
    unit.get_by_role("button", name="Nothing").press("Enter")
    expect(unit.get_by_role("button", pressed=True)).to_have_text("Nothing")
    expect(mine.get_by_role("button", pressed=True)).to_have_text("Nothing")  # it follows what is around it
    expect(theirs.get_by_role("button", pressed=True)).to_have_text("Everything")  # it was chosen
    unit.get_by_role("button", name="Back to the usual").click()
    expect(mine.get_by_role("button", pressed=True)).to_have_text("Everything")
    assert not scrolls_sideways(page)
    page.reload()
    expect(unit.get_by_role("button", pressed=True)).to_have_text("Digest")
    assert Following.objects.of(world.bo).count() == 1
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    unit.get_by_role("button", name="Nothing").click()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()


def test_without_a_script_a_conversation_is_muted_and_much_is_changed_at_once(open_as, world):
    thread = a_thread(world.place, author=world.al, title="Theirs")
    page = open_as(world.bo, thread.get_absolute_url(), javascript=False)
    buttons(page, "Theirs").get_by_role("button", name="Nothing").click()
    expect(page.locator(".message").first).to_have_text("Theirs: Nothing")
    expect(buttons(page, "Theirs").get_by_role("button", pressed=True)).to_have_text("Nothing")
    page.goto("/settings/following/")
    page.get_by_label("Theirs", exact=True).check()
    page.get_by_role("group", name="Change all that you ticked").get_by_role("button", name="Digest").click()
    expect(buttons(page, "Theirs").get_by_role("button", pressed=True)).to_have_text("Digest")
