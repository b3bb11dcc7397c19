"""Looking after words in place: answering, changing, removing, accepting, reacting; by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Post, Thread
from tests.browser.conftest import more
from tests.factories import a_block, a_post, a_thread_on

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Counting posts"


@pytest.fixture
def question(world):
    return a_thread_on(
        world.unit, WORDS, community=world.community, author=world.bo, kind="question", body="Is this so everywhere?"
    )


@pytest.fixture
def answer(world, question):
    return a_post(question, author=world.al, body="With us it is.")


IS_SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"


def press(page, control):
    """As somebody does who has no pointer, once the page has settled and moved the focus where one goes on."""
    page.wait_for_function(IS_SETTLED)
    control.focus()
    page.keyboard.press("Enter")


def has_focus(page, selector):
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)


def test_by_keyboard_a_post_is_answered_and_the_answer_is_changed(open_as, world, question, answer):
    block = a_block(world.unit, WORDS)[0]
    page = open_as(world.bo, world.place.path)
    press(page, page.locator(f"#talk-{block} > summary"))
    theirs, announcer = page.locator(f"#post-{answer.pk}"), page.locator("#announcer")

    form = page.locator(f"#reply-{question.pk}")
    form.get_by_role("textbox").fill("Where")
    press(page, theirs.get_by_role("link", name="Reply"))
    has_focus(page, f"#reply-{question.pk} textarea")
    expect(form).to_contain_text("In answer to Al Reyes: With us it is.")
    page.keyboard.press("End")
    page.keyboard.type(" is that?")
    press(page, form.get_by_role("button", name="Reply"))
    expect(announcer).to_have_text("Your reply stands.")
    mine = Post.objects.get(source="Where is that?")
    assert mine.answers_to == answer
    own = page.locator(f"#post-{mine.pk}")
    expect(own).to_contain_text("in answer to Al Reyes: With us it is.")

    press(page, more(own))
    press(page, own.get_by_role("link", name="Edit", exact=True))
    has_focus(page, f"#post-{mine.pk} textarea")
    own.get_by_role("textbox").fill("Where exactly?")
    press(page, own.get_by_role("button", name="Save"))
    expect(announcer).to_have_text("Your changes are saved.")
    has_focus(page, f"#post-{mine.pk}")
    expect(own.get_by_role("link", name="edited")).to_be_visible()

    press(page, more(own))
    press(page, own.get_by_role("link", name="Edit", exact=True))
    press(page, own.get_by_role("link", name="Leave it as it is"))
    has_focus(page, f"#post-{mine.pk}")


def test_by_keyboard_a_post_is_removed_and_another_is_praised_and_accepted(open_as, world, question, answer):
    block, mine = a_block(world.unit, WORDS)[0], a_post(question, author=world.bo, body="Where exactly?")
    page = open_as(world.bo, world.place.path)
    press(page, page.locator(f"#talk-{block} > summary"))
    own, theirs = page.locator(f"#post-{mine.pk}"), page.locator(f"#post-{answer.pk}")

    press(page, more(own))
    press(page, own.get_by_role("button", name="Remove"))
    expect(own).to_contain_text("removed by its author")
    expect(own).not_to_contain_text("exactly")
    expect(page.locator(f"#count-{block}")).to_have_text("2")
    press(page, own.get_by_role("button", name="Undo"))
    expect(own).to_contain_text("Where exactly?")
    expect(page.locator(f"#count-{block}")).to_have_text("3")

    press(page, theirs.get_by_role("button", name="helped me"))
    expect(theirs.get_by_role("button", name="helped me 1")).to_have_attribute("aria-pressed", "true")
    has_focus(page, f"#post-{answer.pk} [value=helped]")
    page.keyboard.press("Enter")
    expect(theirs.get_by_role("button", name="helped me")).to_have_attribute("aria-pressed", "false")

    press(page, theirs.get_by_role("button", name="Accept as the answer"))
    expect(page.locator(f"#answer-{question.pk}")).to_contain_text("With us it is.")
    assert Thread.objects.get(pk=question.pk).accepted_post == answer
    expect(page.locator(f"#talk-{block}")).to_have_attribute("open", "")


def test_without_javascript_all_of_it_is_pages_and_forms(open_as, world, question, answer):
    page = open_as(world.bo, question.get_absolute_url(), javascript=False)
    theirs = page.locator(f"#post-{answer.pk}")
    theirs.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox").fill("Where is that?")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".post .body").get_by_text("Where is that?")).to_be_visible()
    mine = Post.objects.get(source="Where is that?")
    own = page.locator(f"#post-{mine.pk}")
    expect(own).to_contain_text("in answer to Al Reyes: With us it is.")
    more(own).click()
    own.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox").fill("Where exactly?")
    page.get_by_role("button", name="Save").click()
    own.get_by_role("link", name="edited").click()
    expect(page.locator("del").first).to_be_visible()
    page.get_by_role("link", name="Back to the conversation").click()
    page.goto(question.get_absolute_url())
    more(own).click()
    own.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    expect(own).to_contain_text("Where exactly?")
    expect(page).to_have_url(re.compile("/t/"))
    theirs.get_by_role("button", name="thanks").click()
    expect(theirs.get_by_role("button", name="thanks 1")).to_have_attribute("aria-pressed", "true")
    theirs.get_by_role("button", name="Accept as the answer").click()
    expect(page.locator(f"#answer-{question.pk}")).to_contain_text("With us it is.")


def test_of_two_tabs_the_later_one_finds_both_texts(open_as, world, question, answer):
    first, second = (open_as(world.al, f"{world.place.path}?post={answer.pk}") for _ in range(2))
    for page in (first, second):
        more(page.locator(f"#post-{answer.pk}")).click()
        page.locator(f"#post-{answer.pk}").get_by_role("link", name="Edit", exact=True).click()
    for page, words in ((first, "From the phone."), (second, "From the desk.")):
        page.locator(f"#post-{answer.pk} textarea").first.fill(words)
        page.locator(f"#post-{answer.pk}").get_by_role("button", name="Save").click()
        expect(page.locator(f"#post-{answer.pk}")).to_contain_text("saved from elsewhere" if page is second else words)
    own = second.locator(f"#post-{answer.pk}")
    expect(own.get_by_role("textbox", name="Your words")).to_have_value("From the desk.")
    expect(own.get_by_role("textbox", name="Saved meanwhile")).to_have_value("From the phone.")
    own.get_by_role("button", name="Save mine over it").click()
    expect(own).to_contain_text("From the desk.")


def test_the_menu_of_a_post_says_whose_it_is_and_closes_by_escape(open_as, world, question, answer):
    page = open_as(world.al, question.get_absolute_url())
    own, theirs = page.locator(f"#post-{answer.pk}"), page.locator(f"#post-{question.posts.first().pk}")
    expect(more(own)).to_have_text("More about Al Reyes's post")
    expect(own.get_by_role("link", name="Edit", exact=True)).to_be_hidden()
    press(page, more(own))
    expect(own.get_by_role("list").get_by_role("listitem")).to_have_count(3)  # edit, bookmark, remove
    page.keyboard.press("Tab")
    has_focus(page, f"#post-{answer.pk} .menu-list a")
    page.keyboard.press("Escape")
    has_focus(page, f"#post-{answer.pk} summary")
    expect(own.get_by_role("link", name="Edit", exact=True)).to_be_hidden()
    press(page, more(own))
    more(theirs).click()
    expect(own.get_by_role("list")).to_be_hidden()
    expect(theirs.get_by_role("listitem")).to_have_text(["Mark unread from here", "Block Bo", "Bookmark", "Flag"])
