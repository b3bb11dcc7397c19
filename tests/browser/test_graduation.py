"""A cohort is told that it ends, leaves something behind, goes on in place, and is a cohort again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.actions import keep_end

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_cohort_goes_on_in_place_and_comes_back(open_as, world, javascript):
    alice = open_as(world.alice, reverse("season", args=["heron"]), javascript=javascript)
    alice.get_by_label("Last day").fill((world.cohort.today + timedelta(days=10)).isoformat())
    alice.get_by_role("button", name="Keep this").click()
    expect(alice.get_by_text("Kept.")).to_be_visible()
    keep_end(world.cohort.pk)

    bo = open_as(world.bo, "/c/heron/", javascript=javascript)
    bo.get_by_role("link", name="Leave something for those who come next").click()
    bo.get_by_label("Your tip").fill("Read the questions first.")
    bo.get_by_label("Without my name").check()
    bo.get_by_role("button", name="Leave it").first.click()
    expect(bo.get_by_text("Your tip stands.")).to_be_visible()
    bo.get_by_label("A link, or a note").fill("What the second week is for.")
    bo.get_by_role("button", name="Leave it").click()
    expect(bo.get_by_text("It is on the shelf, and put forward.")).to_be_visible()

    alice.reload()
    alice.get_by_text("End it now").click()
    alice.get_by_role("button", name="Turn the season").click()
    expect(alice.get_by_role("heading", name="It goes on")).to_be_visible()
    bo.goto("/c/heron/")
    expect(bo.get_by_text("The course is over, and we go on.")).to_be_visible()
    expect(bo.get_by_text("You are here as Alum.")).to_be_visible()
    bo.goto(world.place.path)
    expect(bo.get_by_role("heading", name=world.unit.title, level=1)).to_be_visible()

    alice.get_by_text("Undo it").click()
    alice.get_by_role("button", name="Make it a cohort again").click()
    expect(alice.get_by_role("heading", name="When the course ends")).to_be_visible()
    bo.goto("/c/heron/")
    expect(bo.get_by_text("You are here as Member.")).to_be_visible()
