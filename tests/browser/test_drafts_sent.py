"""What is sent is no draft any more, and what is written on since is one, under a key of its own."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from community.models import Draft
from discussions.actions import reply
from discussions.models import Post
from tests.browser.conftest import wait_with
from tests.factories import a_thread, a_thread_on
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def kept():
    return [draft.body for draft in Draft.objects.all()]


def said(person):
    return [post.source for post in Post.objects.filter(author=person).in_order()]


def test_what_is_typed_while_a_post_is_on_its_way_is_kept(open_as, world):
    talk = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    page, held = open_as(world.bo, f"{world.place.path}?post={talk.posts.get().pk}"), []
    page.route("**/replies/", lambda route: held.append(route))
    box = page.locator(f"#reply-{talk.pk} textarea")
    box.fill("Sent.")
    page.locator(f"#reply-{talk.pk}").get_by_role("button", name="Reply").click()
    wait_with(page, lambda: held)
    box.press("End")
    box.press_sequentially(" And on.")
    held[0].continue_()
    expect(page.locator(f"#thread-{talk.pk} .post")).to_have_count(2)
    expect(box).to_have_value("Sent. And on.")
    wait_until(lambda: kept() == ["Sent. And on."])
    assert said(world.bo) == ["Sent."]


def test_what_is_written_into_a_form_that_was_sent_in_another_tab_is_kept(open_as, world):
    thread = a_thread(world.place, author=world.alice)
    page, key = open_as(world.bo, thread.get_absolute_url()), uuid4()
    reply(author=world.bo, thread=thread, body="Written there.", key=key)
    page.locator("form.write [name=key]").evaluate("(field, key) => { field.value = key; }", str(key))
    page.get_by_role("textbox").fill("Written here.")
    wait_until(lambda: kept() == ["Written here."])
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".post")).to_have_count(3)
    assert said(world.bo) == ["Written there.", "Written here."]
    assert kept() == []
