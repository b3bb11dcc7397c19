"""A cohort is set up in one page: looked at, made, shifted; its people find what they need."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions import time_units
from courses.models import Cohort

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_admin_sets_up_a_cohort_shifts_it_and_its_people_find_it(world, open_as):
    time_units(world.course, {unit.pk: (week, 1, time(9)) for week, unit in enumerate(world.units, start=2)})
    starts_on = timezone.localdate() + timedelta(days=14 - timezone.localdate().weekday())  # a Monday
    page = open_as(world.alice, "/manage/")
    page.get_by_role("link", name="Start a cohort").click()
    page.get_by_label("Title").fill("Egret cohort")
    page.get_by_label("Starts on").fill(f"{starts_on}")
    page.get_by_label("Time zone").select_option("Europe/Zagreb")
    page.get_by_label("Days off").fill(f"{starts_on + timedelta(days=8)} Off")
    page.get_by_label("Welcome").fill("Say **hello** first.")
    page.get_by_label("Facilitators").fill("fay@example.org")
    page.get_by_label("Members").fill("bo@example.org\nnew@example.org")
    page.get_by_role("button", name="Show preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(f"Wed {starts_on + timedelta(days=9):%-d %b %Y}, 09:00")  # after the day off
    expect(preview).to_contain_text("2 people are in at once")
    expect(page.get_by_label("Title")).to_have_value("Egret cohort")
    assert Cohort.objects.count() == 1
    page.get_by_role("button", name="Create the cohort").click()
    expect(page.get_by_text("The cohort is ready.")).to_be_visible()

    page.get_by_role("link", name="Schedule", exact=True).click()
    page.get_by_label("Shift all").fill("7")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("All 2 other people of the cohort hear of it.")).to_be_visible()
    page.get_by_role("button", name="Make it so").click()
    expect(page.get_by_text("3 dates are others now. Everybody hears of it.")).to_be_visible()

    bo = open_as(world.bo, Cohort.objects.get(community__title="Egret cohort").community.get_absolute_url())
    expect(bo.get_by_text("Say hello first.")).to_be_visible()
