"""Turning browser messages on and off. What a browser would ask its push service is answered in the page."""

import json

import pytest
from playwright.sync_api import expect

from notifications.models import Browser
from tests.browser.conftest import PHONE, violations
from tests.notifications.test_pushing import Reader, site_key  # noqa: F401 is a fixture
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = """
const said = %s;
let known = null;
const made = {
  toJSON: () => ({ endpoint: said.endpoint, keys: { p256dh: said.p256dh, auth: said.auth } }),
  endpoint: said.endpoint,
  unsubscribe: async () => { known = null; return true; },
};
Object.defineProperty(navigator.serviceWorker, "ready", { value: Promise.resolve({ pushManager: {
  getSubscription: async () => known,
  subscribe: async ({ applicationServerKey }) => { window.keyed = applicationServerKey.length; return (known = made); },
} }) });
"""


def test_somebody_turns_messages_on_and_off(open_as, world, site_key):  # noqa: F811
    page = open_as(world.bo, "/offline/", width=PHONE)
    page.add_init_script(ASKED % json.dumps(Reader("bo").asks))
    page.goto("/settings/notifications/")
    section = page.get_by_role("region", name="In this browser")
    section.get_by_role("button", name="Tell me in this browser").click()
    stop = section.get_by_role("button", name="You are told in this browser. Stop that")
    expect(stop).to_be_focused()
    assert page.evaluate("keyed") == 65
    assert Browser.objects.get().person == world.bo
    assert violations(page) == []
    stop.click()
    expect(section.get_by_role("button", name="Tell me in this browser")).to_be_focused()
    wait_until(lambda: not Browser.objects.exists())
