"""Distilling a conversation in a browser, and reading it."""

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Summary
from tests.browser.conftest import PHONE
from tests.factories import a_post, a_summary, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="Who counts?")
    for author in (world.bo, world.fay):
        a_post(thread, author=author, body=f"{author.name} says so.")
    return thread


def test_a_facilitator_cites_posts_while_writing(open_as, world, thread):
    page = open_as(world.fay, f"{thread.get_absolute_url()}summary/")
    text = page.get_by_label("Summary")
    first, second = list(thread.posts.in_order())[:2]
    text.fill("Some say so")
    page.get_by_role("button", name=re.compile("Cite this.*Al Reyes")).click()
    expect(text).to_have_value(f"Some say so ([Al Reyes](/c/heron/t/{thread.pk}/posts/{first.pk}/))")
    text.evaluate("area => area.setSelectionRange(0, 4)")
    page.get_by_role("button", name=re.compile("Cite this.*Bo Lindqvist")).click()
    expect(text).to_have_value(re.compile(rf"^\[Some\]\(/c/heron/t/{thread.pk}/posts/{second.pk}/\) say so \("))
    page.get_by_role("button", name="Save the summary").click()
    page.locator(f"#summary-{thread.pk}").get_by_role("link", name="Some").wait_for()
    assert Summary.objects.get().cited == [first.pk, second.pk]


def test_a_draft_of_a_summary_comes_back(open_as, world, thread):
    a_summary(thread, by=world.fay, body="As it stands.")
    page = open_as(world.fay, f"{thread.get_absolute_url()}summary/")
    expect(page.get_by_label("Summary")).to_have_value("As it stands.")
    page.get_by_label("Summary").fill("As it stands, and more.")
    page.locator(".write-mark", has_text="saved").wait_for()
    page.reload()
    page.get_by_text("Your draft from").wait_for()
    expect(page.get_by_label("Summary")).to_have_value("As it stands, and more.")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Summary")).to_have_value("As it stands.")


def cited(world, thread):
    post = thread.posts.in_order().first()
    a_summary(thread, by=world.fay, body=f"It depends ([Al](/c/heron/t/{thread.pk}/posts/{post.pk}/)).")
    return post


@pytest.mark.parametrize("width", [1440, PHONE])
def test_a_citation_opens_the_fold_where_one_reads(open_as, world, thread, width):
    post = cited(world, thread)
    page = open_as(world.alice, f"{world.place.path}?discuss={thread.block_id}", width=width)
    summary, fold = page.locator(f"#summary-{thread.pk}"), page.locator(f"#fold-{thread.pk}")
    expect(fold).not_to_have_attribute("open", "")
    summary.get_by_role("link", name="Al", exact=True).click()
    page.locator(f"#post-{post.pk}:focus").wait_for()
    expect(fold).to_have_attribute("open", "")
    expect(page).to_have_url(re.compile(rf"discuss={thread.block_id}#post-{post.pk}$"))


def test_a_citation_opens_the_fold_without_javascript(open_as, world, thread):
    post = cited(world, thread)
    page = open_as(world.alice, f"{world.place.path}?discuss={thread.block_id}", javascript=False)
    page.locator(f"#summary-{thread.pk}").get_by_role("link", name="Al", exact=True).click()
    page.locator(f"#post-{post.pk}:target").wait_for()
    expect(page.locator(f"#post-{post.pk}")).to_be_visible()
    page = open_as(world.fay, f"{thread.get_absolute_url()}summary/", javascript=False)
    expect(page.locator(f'input[readonly][value$="/posts/{post.pk}/)"]')).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Cite this.*Al Reyes"))).to_be_hidden()
