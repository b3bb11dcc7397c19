"""The tools at a field for words: marks by button and key, the preview, names that complete what is typed."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, scrolls_sideways, violations
from tests.factories import a_thread_on, a_wiki_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(open_as, world):
    """Bo's form of a reply, with its tools."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    page = open_as(world.bo, f"{world.place.path}?post={thread.posts.get().pk}")
    form = page.locator(f"#reply-{thread.pk}")
    form.locator("textarea").focus()
    return form


def words(form):
    return form.locator("textarea")


def select(form, text):
    words(form).evaluate(
        "(area, text) => area.setSelectionRange(area.value.indexOf(text), area.value.indexOf(text) + text.length)", text
    )


@pytest.mark.parametrize(
    ("name", "keys", "expected"),
    [
        ("Bold", "Control+b", "one **two** three"),
        ("Italic", "Control+i", "one *two* three"),
        ("Code", "Control+e", "one `two` three"),
        ("Link", "Control+k", "one [two](https://) three"),
        ("Quote", "Control+Shift+Digit9", "> one two three"),
        ("List", "Control+Shift+Digit8", "- one two three"),
    ],
)
def test_a_button_and_its_keys_mark_what_is_selected_and_undo_takes_it_back(form, name, keys, expected):
    words(form).press_sequentially("one two three")
    select(form, "two")
    form.get_by_role("button", name=name).click()
    expect(words(form)).to_have_value(expected)
    expect(words(form)).to_be_focused()
    form.page.keyboard.press("Control+z")
    expect(words(form)).to_have_value("one two three")
    select(form, "two")
    form.page.keyboard.press(keys)
    expect(words(form)).to_have_value(expected)


def test_marking_again_takes_the_mark_away(form):
    words(form).fill("a\nb")
    for name, marked in [("Bold", "**a\nb**"), ("List", "- a\n- b"), ("Quote", "> a\n> b")]:
        words(form).evaluate("area => area.setSelectionRange(0, area.value.length)")
        form.get_by_role("button", name=name).click()
        expect(words(form)).to_have_value(marked)
        form.get_by_role("button", name=name).click()
        expect(words(form)).to_have_value("a\nb")


def test_several_lines_become_a_block_of_code(form):
    words(form).fill("a\nb")
    words(form).select_text()
    form.get_by_role("button", name="Code").click()
    expect(words(form)).to_have_value("```\na\nb\n```")


def test_the_tools_are_one_stop_for_the_tab_key(form):
    form.page.keyboard.press("Shift+Tab")
    expect(form.get_by_role("button", name="Bold")).to_be_focused()
    form.page.keyboard.press("ArrowLeft")
    expect(form.get_by_role("button", name="Preview")).to_be_focused()
    form.page.keyboard.press("Tab")
    expect(words(form)).to_be_focused()
    form.page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Reply")).to_be_focused()


def test_the_preview_stands_where_the_words_do_and_gives_them_back(form):
    words(form).fill("**Bold** of @fay 👩🏽‍🚀")
    form.get_by_role("button", name="Preview").click()
    preview = form.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("Bold")
    expect(preview.get_by_role("link", name="@fay")).to_be_visible()
    expect(words(form)).to_be_hidden()
    assert violations(form.page) == []
    form.get_by_role("button", name="Preview").click()
    expect(preview).to_have_count(0)
    expect(words(form)).to_have_value("**Bold** of @fay 👩🏽‍🚀")
    expect(words(form)).to_be_focused()


def test_a_preview_that_does_not_arrive_says_so(form):
    form.page.route("**/preview/", lambda route: route.abort())
    words(form).fill("Words")
    form.get_by_role("button", name="Preview").click()
    expect(form.get_by_role("region", name="Preview")).to_contain_text("Your words are still here")


def test_a_mention_is_completed_by_keyboard(form):
    words(form).press_sequentially("Ask @al")
    box = form.get_by_role("textbox")
    options = form.get_by_role("option")
    expect(options).to_have_count(2)
    expect(form.page.locator("#announcer")).to_have_text("2 suggestions. Up and down to choose, Enter to take one.")
    expect(form.get_by_role("listbox")).to_have_id(box.get_attribute("aria-controls"))
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    form.page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    form.page.keyboard.press("Enter")
    expect(words(form)).to_have_value("Ask @alice ")
    expect(form.get_by_role("listbox")).to_have_count(0)
    expect(form.get_by_role("textbox")).to_be_focused()


def test_escape_closes_the_names_and_not_the_conversation(form):
    words(form).press_sequentially("@fa")
    expect(form.get_by_role("listbox")).to_be_visible()
    form.page.keyboard.press("Escape")
    expect(form.get_by_role("listbox")).to_have_count(0)
    expect(words(form)).to_be_visible()
    expect(words(form)).to_have_value("@fa")


def test_a_mail_address_asks_for_nobody(form):
    asked = []
    form.page.on("request", lambda request: asked.append(request.url) if "/people/?" in request.url else None)
    words(form).press_sequentially("bo@fay")
    form.page.wait_for_timeout(400)
    assert asked == []


def test_a_unit_and_a_wiki_page_are_linked_by_name(form, world):
    a_wiki_page(world.place, author=world.fay, title="Field guide")
    words(form).press_sequentially("See [[lurk")
    form.get_by_role("option", name="Lurkers are learning too").click()
    expect(words(form)).to_have_value(f"See [Lurkers are learning too]({world.place.path})")
    words(form).press_sequentially(" and [[field")
    expect(form.get_by_role("option", name="Field guide")).to_be_visible()
    form.page.keyboard.press("Tab")
    expect(words(form)).to_have_value(f"See [Lurkers are learning too]({world.place.path}) and [[Field guide]]")


def test_the_length_is_said_when_it_matters(form):
    expect(form.locator("char-count")).to_be_hidden()
    words(form).fill("x" * 9_000)
    expect(form.locator("char-count")).to_have_text("9,000 of 10,000 characters")


def test_on_a_phone_the_tools_fit(open_as, world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    page = open_as(world.bo, f"{world.place.path}?post={thread.posts.get().pk}", width=320, scheme="dark")
    form = page.locator(f"#reply-{thread.pk}")
    words(form).press_sequentially("@al")
    expect(form.get_by_role("listbox")).to_be_visible()
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert violations(page) == []


def test_without_scripts_there_are_no_empty_tools(open_as, world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    page = open_as(world.bo, f"{world.place.path}?post={thread.posts.get().pk}", javascript=False)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(page.locator(f"#reply-{thread.pk} textarea")).to_be_visible()


def test_the_scripts_of_a_unit_page_are_small(open_as, world):
    page, bodies = open_as(world.bo, "/courses/"), {}
    page.on("response", lambda response: bodies.setdefault(response.url, response) if ".js" in response.url else None)
    page.goto(world.place.path)
    page.wait_for_load_state("networkidle")
    size = sum(len(gzip.compress(response.body())) for url, response in bodies.items() if "/static/" in url)
    assert 20_000 < size <= 60 * 1024
