"""Sharing a link from the unit page: in place, without JavaScript, by keyboard and on a phone."""

import pytest
from playwright.sync_api import expect

from resources.models import Resource
from tests.browser.conftest import PHONE, scrolls_sideways, violations
from tests.browser.test_keyboard import tab_to
from tests.factories import a_resource

pytestmark = pytest.mark.django_db(transaction=True)

LINK = "https://example.org/herons"


def test_a_link_is_shared_in_place_with_a_tag_that_others_use(open_as, world):
    a_resource(world.place, sharer=world.fay, title="On boats", tags=["birds of the marsh"])
    page = open_as(world.bo, world.place.path)
    page.get_by_text("Share something").click()
    page.get_by_label("A link, or a note").fill("javascript:alert(1)")
    page.get_by_label("Why is it worth it?").fill("They wait.")
    share = page.get_by_role("button", name="Share", exact=True)
    share.click()
    expect(page.get_by_text("Only web addresses can be shared")).to_be_visible()
    expect(page.get_by_label("Why is it worth it?")).to_have_value("They wait.")
    page.get_by_label("A link, or a note").fill(LINK)
    page.get_by_text("Name and tags").click()
    page.get_by_label("Tags").press_sequentially("bi")
    expect(page.locator("tag-names datalist option")).to_have_attribute("value", "birds of the marsh")
    page.get_by_label("Tags").fill("birds of the marsh")
    share.click()
    row = page.locator("#shelf-rows > li").first
    expect(row.locator(".t")).to_have_text("example.org/herons")
    expect(row).to_contain_text("They wait.")
    expect(row.locator(".tag")).to_have_text(["birds of the marsh"])
    expect(row.locator(".t")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Shared.")
    expect(page.get_by_label("A link, or a note")).to_have_value("")
    row.get_by_role("button", name="found it useful").click()
    expect(row.get_by_role("button", name="found it useful")).to_have_attribute("aria-pressed", "true")
    expect(row.get_by_role("button", name="found it useful")).to_be_focused()
    assert violations(page) == []


def test_a_link_is_shared_without_javascript_and_shared_again_is_one(open_as, world):
    for person, why in ((world.bo, "They wait."), (world.al, "And fish.")):
        page = open_as(person, world.place.path, javascript=False)
        page.get_by_text("Share something").click()
        page.get_by_label("A link, or a note").fill(LINK)
        page.get_by_label("Why is it worth it?").fill(why)
        page.get_by_role("button", name="Share", exact=True).click()
        expect(page.locator("h1")).to_have_text("example.org/herons")
    expect(page.locator("[id^=sharing-] .body")).to_have_text(["They wait.", "And fish."])
    assert Resource.objects.count() == 1


def test_a_note_is_shared_by_keyboard_on_a_phone(open_as, world):
    page = open_as(world.bo, world.place.path, width=PHONE)
    tab_to(page, "#sharing > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#share [name=what]")
    page.keyboard.type("Bring boots.")
    tab_to(page, "#share .btn")
    page.keyboard.press("Enter")
    expect(page.locator("#shelf-rows > li .t")).to_have_text("Bring boots.")
    expect(page.get_by_text("The shelf is empty.")).to_be_hidden()
    assert not scrolls_sideways(page)
