"""Whose log-in expired is led to sign in from wherever they go on, and finds again what they wrote."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import more
from tests.factories import PASSWORD, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_menu_of_a_post_leads_there_and_back_to_the_words(open_as, world):
    talk = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    post = talk.posts.get()
    page = open_as(world.bo, f"{world.place.path}?post={post.pk}")
    page.locator(f"#reply-{talk.pk} textarea").fill("Written for an hour")
    expect(page.locator(f"#reply-{talk.pk} .write-mark")).to_have_text("saved")
    page.context.clear_cookies(name="weft-session")
    more(page.locator(f"#post-{post.pk}")).click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    page.get_by_label("Email").fill(world.bo.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(f"//[^/]+{world.place.path}"))
    expect(page.locator(f"#reply-{talk.pk} textarea")).to_have_value("Written for an hour")
