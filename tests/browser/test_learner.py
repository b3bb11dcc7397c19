"""A learner's path: read a unit and talk beside it, with and without JavaScript, on a wide screen and on a phone."""

import pytest
from playwright.sync_api import expect

from discussions.models import Post, Thread
from tests.browser.conftest import PHONE, WIDE, scrolls_sideways
from tests.factories import a_block, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)

ways = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
widths = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])


WORDS = "Counting posts"


@pytest.fixture
def block(world):
    """Id of the paragraph that is talked about."""
    return a_block(world.unit, WORDS)[0]


@pytest.fixture
def talk(world):
    """A conversation of Alice's at that paragraph."""
    return a_thread_on(world.unit, WORDS, community=world.community, author=world.alice, body="Is this so everywhere?")


@ways
@widths
def test_a_reply_stands_beside_its_paragraph_and_others_see_it(open_as, world, block, talk, javascript, width):
    page = open_as(world.bo, world.place.path, width=width, javascript=javascript)
    page.locator(f"#talk-{block} > summary").click()
    panel = page.locator(f"#talk-{block} .talk-panel")
    expect(panel.get_by_text("Is this so everywhere?")).to_be_visible()
    panel.get_by_role("textbox").fill("With us it is.")
    panel.get_by_role("button", name="Reply").click()
    expect(page.locator(f"#talk-{block} .talk-panel").get_by_text("With us it is.")).to_be_visible()
    expect(page.locator(f"#count-{block}")).to_have_text("2")
    assert Post.objects.get(source="With us it is.").author == world.bo

    other = open_as(world.alice, world.place.path, width=width, javascript=javascript)
    other.locator(f"#talk-{block} > summary").click()
    expect(other.get_by_text("With us it is.")).to_be_visible()
    assert not scrolls_sideways(page) if javascript else True


@ways
def test_a_thread_begins_on_any_block(open_as, world, block, javascript):
    page = open_as(world.bo, world.place.path, javascript=javascript)
    page.locator(f"#talk-{block}").click()
    panel = page.locator(f"#talk-{block} .talk-panel")
    panel.get_by_role("textbox", name="Your words").fill("What would you ask here?")
    panel.get_by_role("button", name="Start the conversation").click()
    expect(page.locator(f"#count-{block}")).to_have_text("1")
    thread = Thread.objects.get(title="What would you ask here?")
    assert (thread.block_id, thread.quote) == (block, a_block(world.unit, WORDS)[1])


@ways
def test_a_thread_begins_on_the_unit_as_a_whole(open_as, world, block, javascript):
    page = open_as(world.bo, world.place.path, javascript=javascript)
    page.get_by_text("Start a thread", exact=True).click()
    form = page.locator("#start")
    form.get_by_role("textbox", name="Title").fill("All of it")
    form.get_by_role("textbox", name="Your words").fill("How long did it take you?")
    form.get_by_role("button", name="Start the conversation").click()
    expect(page.get_by_role("link", name="All of it")).to_be_visible()
    assert Thread.objects.get(title="All of it").block_id == ""


@ways
def test_a_prompt_is_answered_in_place(open_as, world, block, javascript):
    page = open_as(world.bo, world.place.path, javascript=javascript)
    prompt = page.locator(".prompt").first
    prompt.get_by_role("textbox", name="Your answer").fill("A choir, for years.")
    prompt.get_by_role("button", name="Answer").click()
    expect(page.locator(".prompt").first.get_by_text("A choir, for years.")).to_be_visible()


@widths
def test_a_link_to_a_post_opens_the_unit_at_its_block(open_as, world, block, talk, width):
    post = talk.posts.get()
    page = open_as(world.bo, post.get_absolute_url(), width=width)
    expect(page.locator(f"#talk-{block}")).to_have_attribute("open", "")
    expect(page.locator(f"#post-{post.pk}")).to_be_in_viewport()


def test_opening_a_conversation_moves_nothing_on_a_wide_screen(open_as, world, block, talk):
    page = open_as(world.bo, world.place.path)
    text = page.locator(".prose h2").last
    before = text.bounding_box()
    page.locator(f"#talk-{block} > summary").click()
    panel, column = page.locator(".talk-panel").bounding_box(), page.locator(".prose").bounding_box()
    assert text.bounding_box() == before
    assert panel["x"] >= column["x"] + column["width"], "the conversation covers the text"


def test_by_keyboard_a_conversation_opens_answers_and_closes_again(open_as, world, block, talk):
    page = open_as(world.bo, world.place.path)
    knot = page.locator(f"#talk-{block} > summary")
    knot.focus()
    page.keyboard.press("Enter")
    box = page.locator(f"#talk-{block}").get_by_role("textbox")
    box.focus()
    page.keyboard.type("By keyboard alone.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("By keyboard alone.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("Your reply stands.")
    page.wait_for_function("() => document.activeElement !== document.body")
    page.keyboard.press("Escape")
    expect(page.locator(f"#talk-{block}")).not_to_have_attribute("open", "")
    page.wait_for_function("() => document.activeElement.matches('summary')")


def test_words_stay_when_the_session_has_ended(open_as, world, block, talk):
    page = open_as(world.bo, world.place.path)
    page.locator(f"#talk-{block} > summary").click()
    page.context.clear_cookies(name="weft-session")
    box = page.locator(f"#talk-{block}").get_by_role("textbox")
    box.fill("Written for an hour.")
    page.locator(f"#talk-{block}").get_by_role("button", name="Reply").click()
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    expect(box).to_have_value("Written for an hour.")
