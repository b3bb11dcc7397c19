"""What a browser makes of the unit page: how much script it loads, and whether anything moves."""

import gzip
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.site import Load
from tests.browser.conftest import FLAGS, PHONE, WIDE
from tests.needs import chromium

SETTLED_MS = 1_500
# Shifts within half a second of a click don't count in Chromium's own score; a text that moves there counts here.
WATCH = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push(entry.value);
  }).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Seen:
    """`script_bytes` gzipped, in `script_files`; `shifts` are (what was done, its layout shift)."""

    script_files: int
    script_bytes: int
    html_bytes: int
    shifts: list[tuple[str, float]]


def unit_page(load: Load) -> Seen:
    from discussions.models import Thread

    thread = Thread.objects.filter(place__community=load.community).exclude(block_id="").order_by("-post_count")[0]
    post = thread.posts.order_by("-pk")[0]
    cookie = load.site.cookie_of(load.members()[0]).split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        shifts = []
        for width in (WIDE, PHONE):
            page = opened(browser, load, cookie, width)
            page.goto(post.get_absolute_url())
            shifts.append((f"arriving at a post, its conversation open, {width} px", settled(page)))
        page = opened(browser, load, cookie, WIDE)
        scripts: dict[str, bytes] = {}
        page.on("response", lambda answer: note_script(scripts, answer))
        html = page.goto(thread.place.path)
        before = settled(page)
        page.locator(f"#talk-{thread.block_id} > summary").click()
        shifts.append((f"opening a conversation beside the text, {WIDE} px", settled(page) - before))
        seen = Seen(
            len(scripts), sum(len(gzip.compress(body)) for body in scripts.values()),
            len(gzip.compress(html.body() if html else b"")), shifts,
        )  # fmt: skip
        browser.close()
    return seen


def opened(browser: Browser, load: Load, cookie: list[str], width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=load.site.url)
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": load.site.url}])
    context.add_init_script(WATCH)
    return context.new_page()


def note_script(scripts: dict[str, bytes], answer: Any) -> None:
    if answer.request.resource_type == "script":
        scripts[answer.url] = answer.body()


def settled(page: Page) -> float:
    page.wait_for_timeout(SETTLED_MS)
    return float(page.evaluate("window.shifts.reduce((all, one) => all + one, 0)"))
