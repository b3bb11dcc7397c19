"""Reading, discussing and returning with nothing but the keyboard: in a unit and on a wiki page."""

import pytest
from playwright.sync_api import expect

from tests.factories import a_block, a_post, a_summary, a_thread, a_wiki_page

pytestmark = pytest.mark.django_db(transaction=True)

IS_IN = "(selector) => Boolean(document.activeElement?.closest(selector))"
IS_AT = "(selector) => Boolean(document.activeElement?.matches(selector))"


@pytest.fixture(params=["unit", "wiki"])
def text(request, world):
    """A place of talk, and the ids of two blocks of its text: the first is talked about, the second is not."""
    if request.param == "unit":
        blocks = [a_block(world.unit, words)[0] for words in ("Counting posts", "The quiet ones")]
        place = world.place
    else:
        page = a_wiki_page(world.place, author=world.fay, body="Herons wait.\n\nThey fish alone.\n")
        blocks, place = list(page.standing_blocks()), page.talk
    thread = a_thread(place, author=world.alice, title="Who waits?", block_id=blocks[0], quote="Words")
    a_post(thread, author=world.fay, body="All of them.")
    return place, thread, blocks


def tab_to(page, selector, key="Tab"):
    """Go on with the Tab key until the focus is at what `selector` names."""
    for _ in range(150):
        if page.evaluate(IS_AT, selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no way to {selector} with the Tab key")


def test_a_conversation_is_read_answered_and_left(open_as, world, text):
    place, thread, (block, _bare) = text
    page, talk = open_as(world.bo, place.path), f"#talk-{block}"
    tab_to(page, f"{talk} > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_function(IS_IN, arg=f"{talk} .talk-panel")
    tab_to(page, f"{talk} textarea")
    page.keyboard.type("By keyboard alone.")
    tab_to(page, f"{talk} form.write .btn")
    page.keyboard.press("Enter")
    expect(page.locator(f"#thread-{thread.pk}").get_by_text("By keyboard alone.")).to_be_visible()
    page.wait_for_function(IS_IN, arg=talk)  # once the answer has settled
    page.keyboard.press("Escape")
    expect(page.locator(talk)).not_to_have_attribute("open", "")
    page.wait_for_function(IS_AT, arg=f"{talk} > summary")


def test_a_conversation_is_begun_where_nobody_talks_yet_and_left(open_as, world, text):
    place, _thread, (_talked, block) = text
    page, talk = open_as(world.bo, place.path), f"#talk-{block}"
    tab_to(page, f"a{talk}")
    page.keyboard.press("Enter")
    expect(page.locator(f"{talk} textarea")).to_be_focused()
    page.keyboard.type("What do you mean by that?")
    tab_to(page, f"{talk} form.write .btn")
    page.keyboard.press("Enter")
    expect(page.locator(talk).locator(".post")).to_have_count(1)
    page.wait_for_function(IS_IN, arg=talk)
    page.keyboard.press("Escape")
    page.wait_for_function(IS_AT, arg=f"{talk} > summary")


def test_a_conversation_is_begun_about_the_whole_place(open_as, world, text):
    place, _thread, _blocks = text
    page = open_as(world.bo, place.path)
    tab_to(page, "#start > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#start-here textarea")
    page.keyboard.type("Who has tried all of this?")
    tab_to(page, "#start-here .btn")
    page.keyboard.press("Enter")
    started = page.locator("#thread-rows > li").first.locator(".t")
    expect(started).to_have_text("Who has tried all of this?")
    expect(started).to_be_focused()
    expect(page.locator("#thread-count")).to_have_text(f"{page.locator('#thread-rows > li').count()} threads")


def test_a_form_that_one_does_not_want_is_left_with_escape(open_as, world, text):
    place, _thread, (_talked, block) = text
    page, talk = open_as(world.bo, place.path), f"#talk-{block}"
    tab_to(page, f"a{talk}")
    page.keyboard.press("Enter")
    expect(page.locator(f"{talk} textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"{talk} textarea")).to_be_hidden()
    page.wait_for_function(IS_AT, arg=f"{talk} > summary")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement !== document.body")


def test_from_a_summary_one_goes_to_a_post_and_back(open_as, world, text):
    place, thread, (block, _bare) = text
    post = thread.posts.in_order().last()
    a_summary(thread, by=world.fay, body=f"Herons do ([Fay]({post.permanent_url})).")
    page, talk = open_as(world.bo, place.path), f"#talk-{block}"
    tab_to(page, f"{talk} > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".summary .body a")
    page.keyboard.press("Enter")
    expect(page.locator(f"#post-{post.pk}")).to_be_focused()
    tab_to(page, f"#fold-{thread.pk} > summary", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#post-{post.pk}")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_function(IS_AT, arg=f"{talk} > summary")
