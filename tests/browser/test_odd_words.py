"""Words that are very long, run the other way, or are looked for where they stood once, as a browser shows them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, scrolls_sideways
from tests.factories import a_post, a_thread, a_thread_on, split_off

pytestmark = pytest.mark.django_db(transaction=True)

NARROWEST = 320
LONG = "w" * 10_000  # as long as a post may be
DIRECTION = "element => getComputedStyle(element).direction"


def test_10000_characters_in_one_word_scroll_nothing_sideways(open_as, world):
    words = {"community": world.community, "author": world.bo, "title": LONG[:200]}
    thread = a_thread_on(world.unit, "Counting posts", body=LONG, **words)
    post = a_post(thread, author=world.al, body=LONG)
    a_post(a_thread(world.commons, author=world.al, title=LONG[:200]), author=world.fay, body=f"`{LONG[:9_000]}`")
    made = split_off(thread, a_post(thread, author=world.al, body=LONG), by=world.fay, title=LONG[:200])
    args = ["heron", thread.pk]
    page = open_as(world.fay, post.get_absolute_url(), width=NARROWEST)
    for url in (
        post.get_absolute_url(), thread.get_absolute_url(), made.get_absolute_url(), world.commons.path,
        f"{thread.get_absolute_url()}?answer={post.pk}", reverse("split_thread", args=args),
        reverse("merge_threads", args=args), reverse("move_thread", args=args), "/",
        reverse("threads", args=["heron", world.place.pk]), reverse("delete_post", args=[*args, post.pk]),
    ):  # fmt: skip
        page.goto(url)
        assert not scrolls_sideways(page), url


def test_each_post_and_title_runs_its_own_way(open_as, world):
    thread = a_thread(world.place, author=world.al, title="למה הם שותקים?", body="למה?")
    a_post(thread, author=world.bo, body="Why not?")
    page = open_as(world.bo, thread.get_absolute_url(), width=PHONE)
    directions = [body.evaluate(DIRECTION) for body in page.locator(".post .said").all()]
    assert directions == ["rtl", "ltr"]
    assert page.locator("h1").evaluate(DIRECTION) == "rtl"
    assert page.locator(".post .acts").first.evaluate(DIRECTION) == "ltr"


def test_an_address_with_a_post_behind_its_hash_leads_on(open_as, world):
    thread = a_thread(world.place, author=world.al)
    post = a_post(thread, author=world.bo, body="I went away.")
    made = split_off(thread, post, by=world.fay)
    page = open_as(world.bo, f"{thread.get_absolute_url()}#post-{post.pk}")
    page.wait_for_url(f"**{made.get_absolute_url()}?post={post.pk}#post-{post.pk}")
    page.goto(f"{thread.get_absolute_url()}#post-999999")
    page.wait_for_url("**?post=999999#post-999999")
    expect(page.locator(".post")).to_have_count(1)


def test_a_guide_splits_and_takes_it_back_without_javascript(open_as, world):
    thread = a_thread(world.place, author=world.al, title="Who counts?")
    posts = [a_post(thread, author=world.bo, body=f"Number {n}.") for n in range(3)]
    page = open_as(world.fay, thread.get_absolute_url(), javascript=False)
    page.locator(f"#post-{posts[1].pk} summary").click()
    page.get_by_role("link", name="What else to do with it").click()
    page.get_by_role("link", name="Split off from here").click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
    expect(page.locator("input:checked")).to_have_count(2)
    page.get_by_label("Title").fill("Of numbers")
    page.get_by_role("button", name="Split it").click()
    expect(page.locator("h1")).to_have_text("Of numbers")
    expect(page.locator(".post")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("Who counts?")
    expect(page.locator(".post")).to_have_count(4)
