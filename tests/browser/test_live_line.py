"""What comes between an open page and the site: dropped connections, blocked ones, hidden tabs, lost rights."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from community.actions import remove_member
from discussions.actions import edit_post
from notifications.consumers.hub import hub
from tests.browser.conftest import wait_with
from tests.browser.test_live import SOON_MS, is_connected, offer
from tests.factories import a_post, a_thread
from tests.serving import another_process, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
BLOCKED = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 20); }
  close() {}
};
"""
FORBIDDEN = "window.WebSocket = class { constructor() { throw new DOMException('no', 'SecurityError'); } }"
HIDE = """is => {
  Object.defineProperty(document, "hidden", { value: is, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def served_at(site):
    return site.url


@pytest.fixture
def talk(world):
    return a_thread(world.place, author=world.alice, body="So?")


def opened(open_as, person, talk, script=""):
    """A conversation's own page, with `script` in the place of the browser's sockets."""
    page = open_as(person, "/offline/")
    if script:
        page.add_init_script(script)
    page.goto(talk.get_absolute_url())
    if not script:
        is_connected(page)
    return page


def is_heard_once(place):
    wait_until(lambda: len(hub.sockets.get(place.pk, ())) == 1)


def test_after_a_connection_dropped_the_page_catches_up_with_all_it_missed(open_as, world, talk):
    post = talk.posts.get()
    bo = opened(open_as, world.bo, talk)
    is_heard_once(world.place)
    bo.context.set_offline(True)
    bo.evaluate("sockets.at(-1).close()")
    a_post(talk, author=world.fay, body="While you were away.")
    edit_post(author=world.alice, post=post, body="So, what?", version=1)
    bo.wait_for_timeout(1500)
    expect(bo.locator(".live-offer")).to_have_count(0)
    bo.context.set_offline(False)
    expect(offer(bo, talk.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
    expect(bo.locator(f"#post-{post.pk} .body")).to_have_text("So, what?")
    is_connected(bo)
    a_post(talk, author=world.fay, body="And now.")
    expect(offer(bo, talk.pk)).to_have_text("2 new posts, show", timeout=SOON_MS)
    assert bo.evaluate("sockets.filter(({readyState}) => readyState === 1).length") == 1
    assert bo.evaluate("sockets.length") < 6, "it ran against the wall"


@pytest.mark.parametrize("script", [BLOCKED, FORBIDDEN], ids=["by a proxy", "by the browser"])
def test_where_sockets_are_blocked_the_page_asks_now_and_then(open_as, world, talk, script):
    bo = opened(open_as, world.bo, talk, script)
    asked = []
    bo.on("request", lambda request: asked.append(request.url))
    a_post(talk, author=world.fay)
    expect(offer(bo, talk.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
    asked.clear()
    bo.wait_for_timeout(5000)
    assert len([url for url in asked if "/changes/" in url]) <= 4
    wait_with(bo, lambda: any("/changes/" in url for url in asked))


def test_a_tab_behind_others_asks_nothing_and_catches_up_when_one_comes_back(open_as, world, talk):
    bo = opened(open_as, world.bo, talk)
    bo.evaluate(HIDE, True)
    asked = []
    bo.on("request", lambda request: asked.append(request.url))
    a_post(talk, author=world.fay)
    bo.wait_for_timeout(1500)
    assert asked == []
    wait_until(lambda: not hub.sockets.get(world.place.pk))
    bo.evaluate(HIDE, False)
    expect(offer(bo, talk.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
    is_connected(bo)
    is_heard_once(world.place)


def test_the_page_of_a_removed_member_says_so_and_is_silent_within_two_seconds(open_as, world, talk):
    bo = opened(open_as, world.bo, talk)
    bo.locator(f"#reply-{talk.pk} textarea").fill("I was about to")
    bo.wait_for_timeout(1500)
    remove_member(world.community.membership_of(world.bo))
    expect(bo.locator(".live-note")).to_contain_text("This page is not open to you any more", timeout=SOON_MS)
    asked = []
    bo.on("request", lambda request: asked.append(request.url))
    a_post(talk, author=world.fay, body="Not for Bo.")
    bo.evaluate("window.dispatchEvent(new Event('online'))")
    bo.wait_for_timeout(2500)
    assert asked == []
    wait_until(lambda: not hub.sockets.get(world.place.pk))
    expect(bo.locator(".live-offer")).to_have_count(0)
    expect(bo.locator(f"#reply-{talk.pk} textarea")).to_have_value("I was about to")


def test_who_is_signed_out_elsewhere_is_told_and_nothing_more_comes(open_as, world, talk):
    bo = opened(open_as, world.bo, talk)
    Session.objects.all().delete()
    expect(bo.locator(".live-note")).to_contain_text("You have been signed out", timeout=SOON_MS)


class TestSeveralProcesses:
    """As in the embedded mode: the page is served by one process, and somebody writes in another."""

    @pytest.fixture
    def served_at(self, world):
        with another_process() as other:
            yield other.url

    def test_what_is_written_in_another_process_is_offered_as_soon(self, open_as, world, talk):
        bo = opened(open_as, world.bo, talk)
        a_post(talk, author=world.fay)
        expect(offer(bo, talk.pk)).to_have_text("1 new post, show", timeout=SOON_MS)
