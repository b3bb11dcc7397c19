"""A unit that is on the screen is read; the page says so when that makes it done."""

import pytest
from playwright.sync_api import expect

from courses.actions import set_done_when
from courses.models import Unit, UnitReading

pytestmark = pytest.mark.django_db(transaction=True)

QUICKLY = """() => {
    const old = document.querySelector("reading-time"), quick = old.cloneNode();
    quick.dataset.stepMs = 5;
    old.replaceWith(quick);
}"""


def test_reading_to_the_end_makes_a_unit_done_where_its_rule_says_so(open_as, world, monkeypatch):
    monkeypatch.setattr(Unit, "is_read_after", lambda unit, seconds, share: share >= 80)
    set_done_when(world.unit, Unit.DoneWhen.READ)
    page = open_as(world.bo, world.place.path)
    page.set_viewport_size({"width": 800, "height": 300})
    page.evaluate("scrollTo(0, 0)")
    expect(page.get_by_text("Or read it to its end.")).to_be_attached()
    with page.expect_response("**/read/") as told:
        page.evaluate(QUICKLY)
    assert told.value.status == 204
    assert UnitReading.objects.get().share < 80
    page.locator("#unit-done").scroll_into_view_if_needed()
    page.evaluate(QUICKLY)
    expect(page.locator("#unit-done")).to_contain_text("You have read this unit, so you are done with it.")
    expect(page.locator("#announcer")).to_have_text("You have read this unit, so you are done with it.")
