"""From the digest to the paragraph it tells of, and being caught up, by hand."""

import pytest
from playwright.sync_api import expect

from notifications.actions import fan_out
from notifications.mail.caught_up import caught_up_url
from notifications.models import Event, MailSettings
from tests.browser.conftest import violations
from tests.factories import a_post, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_lands_at_the_quoted_line_and_says_that_they_are_caught_up(open_as, world):
    since = Event.objects.newest()
    MailSettings.objects.create(person=world.bo, digested_up_to=since)
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="Who counts?")
    post = a_post(thread, author=world.fay, body="Nobody should.")
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    page = open_as(world.bo, "/settings/digest/preview/")
    assert violations(page) == []
    row = page.get_by_role("listitem").filter(has_text="Unit 1, paragraph 2")
    expect(row.get_by_text("Counting posts makes those readers look absent.")).to_be_visible()
    page.goto(caught_up_url(world.bo, since=since, up_to=Event.objects.newest()).replace("http://localhost:8000", ""))
    assert violations(page) == []
    page.get_by_role("button", name="Mark them as read").click()
    page.get_by_role("heading", name="You are caught up").wait_for()
    page.goto("/settings/digest/preview/")
    page.get_by_text("Nothing is new to you.").wait_for()
    page.goto(post.get_absolute_url())
    page.get_by_text("Nobody should.").wait_for()
