"""A real Chromium against a live server. Every test here is marked `browser` and runs in a pass of its own."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.needs import chromium

# Playwright's own loop makes Django think that it is called from async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE, PHONE = 1440, 390
expect.set_options(timeout=20_000)  # a wait ends when what it waits for is there; a busy machine takes longer
AXE = next(Path(__file__).with_name("vendor").glob("axe-core-*.min.js"))
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...args) { super(...args); window.sockets.push(this); }
};
"""  # so that a test can see whether a page is connected, which the page itself does not say

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served_at(live_server) -> str:
    """Where the pages come from. This server has no live connections; pages do without, and ask now and then."""
    return live_server.url


@pytest.fixture
def open_as(browser: Browser, served_at: str, all_answered: None) -> Iterator[Open]:
    """`open_as(person, "/path/", width=…, javascript=…, scheme=…)` gives a page in a browser of that person's own;
    None is somebody signed out. A page error or a request to another host fails the test."""
    contexts, troubles = [], []

    def open_page(person, path, *, width=WIDE, javascript=True, scheme="light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, color_scheme=scheme,
            base_url=served_at, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        context.add_init_script(SOCKETS)
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies["weft-session"]
            context.add_cookies([{"name": "weft-session", "value": cookie.value, "url": served_at}])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.on("request", lambda request: note_foreign(request.url))
        page.goto(path)
        return page

    def note_foreign(url: str) -> None:
        if not url.startswith((served_at, "data:", "blob:")):
            troubles.append(f"request to {url}")

    yield open_page
    for context in contexts:
        context.set_offline(True)  # pages save drafts as they close, and the test's database is about to go
        context.close()
    time.sleep(0.1)  # what left the browser has begun at the server, where `all_answered` waits for it
    assert not troubles


def wait_with(page: Page, done: Callable[[], object]) -> None:
    """Until something came to pass; what the browser tells meanwhile is heard, which `wait_until` would not do."""
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline, "it did not come to pass"
        page.wait_for_timeout(20)


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, one line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
    return [
        f"{page.url}: {rule['id']}: {rule['help']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def more(post: Locator) -> Locator:
    """What opens the menu of a post."""
    return post.locator("summary", has_text="More about")


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
