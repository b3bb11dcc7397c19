"""Selecting words of a unit offers to discuss them."""

import pytest
from playwright.sync_api import expect

from discussions.models import Thread
from tests.browser.conftest import PHONE, WIDE, violations
from tests.factories import a_block

pytestmark = pytest.mark.django_db(transaction=True)

SELECT = """([id, words]) => {
    const text = [...document.querySelectorAll(`#b-${id} p`)][0].firstChild;
    const at = text.data.indexOf(words);
    document.getSelection().setBaseAndExtent(text, at, text, at + words.length);
}"""


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_selected_words_become_the_quote_of_a_conversation(open_as, world, width):
    block_id, _text = a_block(world.unit, "Counting posts")
    page = open_as(world.bo, world.place.path, width=width)
    page.evaluate(SELECT, [block_id, "those readers"])
    page.get_by_role("button", name="Discuss these words").click()
    panel = page.locator(f"#talk-{block_id} .talk-panel")
    expect(panel.locator("blockquote")).to_have_text("those readers")
    expect(panel.get_by_role("textbox", name="Your words")).to_be_focused()
    assert violations(page) == []
    page.keyboard.type("Which ones?")
    panel.get_by_role("button", name="Start the conversation").click()
    expect(panel.get_by_text("Which ones?").first).to_be_visible()
    assert Thread.objects.begun().get().quote == "those readers"


def test_nothing_is_offered_across_blocks_or_when_nothing_is_selected(open_as, world):
    page = open_as(world.bo, world.place.path)
    offer = page.get_by_role("button", name="Discuss these words")
    block_id, _text = a_block(world.unit, "Counting posts")
    page.evaluate(SELECT, [block_id, "those readers"])
    expect(offer).to_be_visible()
    page.evaluate("document.getSelection().removeAllRanges()")
    expect(offer).to_have_count(0)
    page.evaluate(
        """() => {
            const all = document.querySelectorAll(".prose p");
            document.getSelection().setBaseAndExtent(all[0].firstChild, 2, all[1].firstChild, 5);
        }"""
    )
    page.wait_for_timeout(600)
    expect(offer).to_have_count(0)
