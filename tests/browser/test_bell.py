"""The bell of an open page rings when something concerns its reader, and is quiet again once they read it."""

import pytest
from playwright.sync_api import expect

from notifications import tasks
from notifications.actions import mark_read
from notifications.consumers.hub import hub
from tests.browser.conftest import PHONE, scrolls_sideways, violations
from tests.browser.test_live import SOON_MS, is_connected
from tests.browser.test_live_line import BLOCKED
from tests.factories import a_post, a_thread
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served_at(site):
    return site.url


def bell(page):
    return page.locator("a.bell")


def shows(page, count, within=SOON_MS):
    expect(bell(page).locator("[aria-hidden]:not(svg)")).to_have_text(count, timeout=within)


def is_heard(page):
    """A page without a place has its own connection."""
    wait_until(lambda: hub.sockets.get(0))
    expect(bell(page)).to_be_visible()


def test_a_bell_rings_on_every_page_and_is_quiet_once_the_thing_is_read(open_as, world):
    talk = a_thread(world.place, author=world.bo, title="What herons do")
    notices = open_as(world.bo, "/notifications/")
    is_heard(notices)
    unit = open_as(world.bo, world.place.path)
    is_connected(unit)
    note = notices.get_by_role("link", name="Something new came in. Show it")
    expect(note).to_be_hidden()
    post = a_post(talk, author=world.alice, body="They wait.")
    tasks.sweep()
    shows(notices, "1")
    shows(unit, "1")
    expect(notices.locator("#announcer")).to_have_text("1 new notification")
    expect(bell(notices)).to_have_accessible_name("1 new notification")
    note.click()
    expect(notices.get_by_role("heading", name="New")).to_be_visible()
    notices.get_by_role("link", name="What herons do", exact=True).click()
    expect(notices.locator(f"#post-{post.pk}")).to_be_visible()
    shows(notices, "")
    shows(unit, "")
    expect(bell(unit)).to_have_accessible_name("Notifications")


def test_a_row_opens_by_the_keyboard_to_each_thing_that_was_said(open_as, world):
    talk = a_thread(world.place, author=world.bo, title="What herons do")
    posts = [a_post(talk, author=person) for person in (world.alice, world.fay)]
    tasks.sweep()
    page = open_as(world.bo, "/notifications/", width=320, scheme="dark")
    page.get_by_role("link", name="What herons do", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past where one changes how much one hears
    page.keyboard.press("Enter")
    line = page.get_by_role("link", name="Fay Okafor replied")
    expect(line).to_be_visible()
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**post={posts[1].pk}*")


def test_without_a_connection_a_page_asks_now_and_then(open_as, world):
    page = open_as(world.bo, "/offline/")
    page.add_init_script(BLOCKED)
    talk = a_thread(world.place, author=world.bo)
    page.goto("/courses/")
    a_post(talk, author=world.alice)
    tasks.sweep()
    shows(page, "1", within=30_000)
    mark_read(world.bo, up_to=10**9)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    shows(page, "")
    expect(page.locator("#announcer")).to_have_text("1 new notification")
