"""Who is reading too: only who wants it is seen, and nothing moves when they come and go."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import PHONE, WIDE, scrolls_sideways, violations, wait_with

pytestmark = pytest.mark.django_db(transaction=True)
HIDE = """is => {
  Object.defineProperty(document, "hidden", { value: is, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
BOXES = "all => all.map(one => JSON.stringify(one.getBoundingClientRect()))"


def look_again(page):
    with page.expect_response("**/readers/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def comes_to_read(page, words):
    """Now and then a page asks who reads; here it asks until it hears of that."""

    def reads():
        look_again(page)
        said = page.locator("live-readers").inner_text()
        return words in said if words else not said.strip()

    wait_with(page, reads)


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_who_turned_it_on_is_seen_until_they_leave_and_nothing_moves(open_as, world, width):
    ana = open_as(world.al, "/settings/profile/")
    ana.get_by_label("Let others see when I'm reading").check()
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Saved.")).to_be_visible()
    bo = open_as(world.bo, world.place.path, width=width)
    things = bo.locator(".bar > :not(live-readers), .bar-end > *, main *")
    before = things.evaluate_all(BOXES)
    ana.goto(world.place.path)
    comes_to_read(bo, "is reading this too")
    expect(bo.locator(".readers-words")).to_have_text("Al Reyes is reading this too")
    expect(bo.locator("live-readers .face")).to_be_visible()
    assert things.evaluate_all(BOXES) == before
    assert not scrolls_sideways(bo)
    assert violations(bo) == []
    expect(ana.locator("live-readers")).to_have_text("")
    ana.evaluate(HIDE, True)
    comes_to_read(bo, "")


def test_elsewhere_and_without_wanting_it_nobody_is_seen(open_as, world):
    User.objects.filter(pk=world.al.pk).update(is_seen_reading=True)
    open_as(world.al, world.commons.path)
    open_as(world.fay, world.place.path)
    bo = open_as(world.bo, world.place.path)
    bo.wait_for_timeout(1000)
    look_again(bo)
    bo.wait_for_timeout(500)
    expect(bo.locator("live-readers")).to_have_text("")
