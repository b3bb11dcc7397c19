"""A suggestion from a paragraph to the unit, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from notifications.actions import fan_out
from notifications.models import Event
from tests.factories import a_thread_on
from tests.serving import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def told():
    for event in Event.objects.filter(fanned_out_at=None):
        fan_out(event.pk)


def test_a_suggestion_is_changed_and_accepted(open_as, world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al, title="Absent?")
    bo = open_as(world.bo, world.place.path)
    bo.locator(f"#talk-{thread.block_id} > summary").click()
    bo.locator(f"#talk-{thread.block_id}").get_by_role("link", name="Suggest an edit").click()
    text = bo.get_by_label("Text")
    chosen = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    wait_until(lambda: text.evaluate(chosen) == "Counting posts makes those readers look absent.")
    text.fill(world.unit.source.replace("look absent", "look idle"))
    bo.locator("#preview").get_by_text("look idle").wait_for()
    bo.get_by_label("What does it make better?").fill("They are there")
    bo.get_by_role("button", name="Send the suggestion").click()
    bo.get_by_role("heading", name="They are there").wait_for()
    told()

    fay = open_as(world.fay, "/notifications/")
    fay.get_by_role("link", name="They are there", exact=True).click()
    expect(fay.locator("del")).to_have_text(["absent"])
    fay.get_by_role("link", name="Change it and accept it").click()
    text = fay.get_by_label("Text")
    expect(text).to_have_value(re.compile("look idle"))
    text.fill(text.input_value().replace("look idle", "look silent"))
    fay.get_by_role("button", name="Accept it like this").click()
    fay.get_by_text("Fay Okafor accepted it").wait_for()
    told()

    bo.goto("/notifications/")
    bo.get_by_text("accepted a suggestion").wait_for()
    bo.get_by_role("link", name="They are there", exact=True).click()
    bo.get_by_role("link", name="Read the unit").click()
    expect(bo.locator(f"#b-{thread.block_id}")).to_contain_text("look silent")
    expect(bo.locator(f"#talk-{thread.block_id}").get_by_text("Absent?").first).to_be_attached()
    bo.get_by_role("link", name="2 versions").click()
    bo.get_by_text(re.compile("Suggested by Bo Lindqvist, accepted by Fay Okafor")).wait_for()
