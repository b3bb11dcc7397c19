"""Beginning a page from a link to it, and giving it another title."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_pictures import give
from tests.factories import a_wiki_page
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_red_link_begins_a_page_from_a_template_and_an_old_address_leads_to_the_new_title(open_as, world):
    guide = a_wiki_page(world.place, author=world.fay, title="Field guide", body="See [[Our words]].")
    page = open_as(world.bo, guide.get_absolute_url())
    page.get_by_role("link", name="Our words (no page yet, begin it)").click()
    expect(page.get_by_label("Title")).to_have_value("Our words")
    page.get_by_label("Text").fill("Mine first.")
    page.get_by_role("button", name="Glossary").click()
    expect(page.get_by_label("Text")).to_have_value(re.compile(r"^Mine first\.\n\nThe words that we use here"))
    page.get_by_label("Title").press("Enter")  # saves; it chooses no template
    page.get_by_role("heading", name="Our words", level=1).wait_for()
    page.get_by_role("region", name="Linked from").get_by_role("link", name="Field guide").click()
    page.locator("article").get_by_role("link", name="Our words", exact=True).click()
    page.get_by_role("heading", name="Our words", level=1).wait_for()
    old = page.url
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Title").fill("Word list")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("It is called “Word list” now.").wait_for()
    expect(page).to_have_url(re.compile("/w/word-list/$"))
    page.goto(old)
    page.get_by_role("heading", name="Word list", level=1).wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_contents_lead_to_their_headings_on_a_phone(open_as, world, javascript):
    body = "\n\n".join(f"## Part {n}\n\n" + "Words. " * 200 for n in range(4))
    guide = a_wiki_page(world.place, author=world.fay, body=body)
    page = open_as(world.bo, guide.get_absolute_url(), width=PHONE, javascript=javascript)
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Part 3").click()
    expect(page.locator("article h2", has_text="Part 3")).to_be_in_viewport()
    block = next(b for b in WikiPage.objects.get().standing_blocks().values() if b.text == "Part 3")
    expect(page).to_have_url(re.compile(f"#b-{block.id}$"))


def test_a_picture_pasted_into_a_page_is_seen_by_the_others(open_as, world):
    guide = a_wiki_page(world.place, author=world.fay, body="Words.")
    page = open_as(world.bo, f"{guide.get_absolute_url()}edit/")
    text = page.get_by_label("Text")
    text.press("Control+End")
    give(page, text)
    expect(page.locator(".write-status")).to_have_text("The picture is in. Say what it shows.")
    page.keyboard.type("Half a nest")
    page.get_by_role("button", name="Save").click()
    page.locator("article").get_by_role("img", name="Half a nest").wait_for()
    shown = open_as(world.al, guide.get_absolute_url()).get_by_role("img", name="Half a nest")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
