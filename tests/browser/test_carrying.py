"""A conversation goes to a later cohort, is read there at its words and picked up."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from discussions.actions import consent, nominate
from tests.factories import a_cohort, a_member, a_post, a_thread_on, place_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_conversation_is_carried_read_at_its_words_and_picked_up(open_as, world, javascript):
    thread = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.bo, title="On numbers", body="We counted."
    )
    a_post(thread, author=world.al, body="Nobody asked me.")
    nominate(by=world.fay, thread=thread)
    consent(by=world.bo, community=world.community, choice="unnamed")
    later = a_cohort(world.course, host=world.alice, title="Ibis cohort", days_ago=0).community
    learner, place = a_member(later), place_of(world.unit, later)

    page = open_as(world.alice, reverse("carrying", args=[world.community.slug]), javascript=javascript)
    page.get_by_label("On numbers").check()
    page.get_by_label("Ibis cohort").check()
    page.get_by_role("button", name="Carry them").click()
    expect(page.get_by_text("1 of them is shown in Ibis cohort.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()

    page = open_as(learner, place.path, javascript=javascript)
    page.locator(".talk:has(.carried) > summary").click()
    fold = page.locator(".carried")
    fold.locator("> summary").click()
    expect(fold.get_by_text("We counted.")).to_be_visible()
    expect(fold.get_by_text("Somebody", exact=True)).to_be_visible()
    expect(page.get_by_text("Nobody asked me.")).to_have_count(0)
    fold.get_by_role("link", name="Pick this up").click()
    words = page.locator(".talk[open]").get_by_label("Your words")
    words.fill("We counted, too.")
    page.locator(".talk[open]").get_by_role("button", name="Start the conversation").click()
    expect(page.locator(".talk[open] .post .body").get_by_text("We counted, too.")).to_be_visible()
    expect(page.locator(".talk[open] .carried > summary")).to_have_text("From earlier cohorts: On numbers, 1 post")
    page.get_by_role("link", name="From earlier cohorts").click()
    expect(page.locator("#conversations .carried > summary")).to_have_text("From earlier cohorts: On numbers, 1 post")
