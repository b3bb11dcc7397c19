"""Two people edit one page at the same moment."""

import pytest
from playwright.sync_api import expect

from community.models import Draft
from tests.browser.conftest import PHONE, violations
from tests.factories import a_wiki_page
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "Herons wait.\n\nThey strike.\n"


@pytest.fixture
def wiki_page(world):
    return a_wiki_page(world.place, author=world.al, title="Herons", body=BODY)


@pytest.mark.parametrize("javascript", [True, False])
def test_of_two_who_change_one_paragraph_the_second_decides(open_as, world, wiki_page, javascript):
    address = f"{wiki_page.get_absolute_url()}edit/"
    bo = open_as(world.bo, address, width=PHONE, javascript=javascript)
    fay = open_as(world.fay, address, javascript=javascript)
    fay.get_by_text("is editing this page too").wait_for()
    fay.get_by_label("Text").fill("Herons stand.\n\nThey strike.\n")
    fay.get_by_role("button", name="Save", exact=True).click()
    fay.get_by_text("Saved as version 2.").wait_for()

    bo.get_by_label("Text").fill("Herons sit.\n\nThey strike twice.\n")
    bo.get_by_role("button", name="Save", exact=True).click()
    bo.get_by_role("heading", name="Somebody saved while you wrote").wait_for()
    expect(bo.locator(".wording")).to_have_text(["Herons stand.", "Herons sit."])
    assert Draft.objects.get().body == "Herons sit.\n\nThey strike twice.\n"
    if javascript:
        assert violations(bo) == []
    bo.get_by_label("Both, one after the other").check()
    bo.get_by_role("button", name="Save", exact=True).click()
    bo.get_by_text("Saved as version 3.").wait_for()
    assert WikiPage.objects.get().source == "Herons stand.\n\nHerons sit.\n\nThey strike twice.\n"
    assert not Draft.objects.exists()
