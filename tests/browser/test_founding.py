"""Somebody founds a community, others find it and get in, and they begin a course together."""

import re

import pytest
from playwright.sync_api import expect

from community.models import Community
from tests.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_community_is_founded_found_joined_and_written_for(open_as, javascript):
    nia, bo, cy = a_person("Nia Bell"), a_person("Bo Lindqvist"), a_person("Cy Tanaka")
    host = open_as(nia, "/communities/", javascript=javascript)
    host.get_by_role("link", name="Found one").click()
    host.get_by_label("Name").fill("Night shift circle")
    host.get_by_label("Purpose").fill("For who works at night.")
    host.get_by_label("By request").check()
    host.get_by_role("button", name="Found it").click()
    expect(host.get_by_role("heading", name="Night shift circle", level=1)).to_be_visible()

    guest = open_as(bo, "/communities/find/?q=night", javascript=javascript)
    guest.get_by_role("link", name="Night shift circle").click()
    guest.get_by_label("A few words for the hosts").fill("Twelve years of nights.")
    guest.get_by_role("button", name="Ask to join").click()
    expect(guest.get_by_text("You have asked to join.")).to_be_visible()

    host.reload()
    host.get_by_role("link", name="1 person asks to join").click()
    expect(host.get_by_text("Twelve years of nights.")).to_be_visible()
    host.get_by_role("button", name="Let Bo in").click()
    expect(host.get_by_text("Bo Lindqvist is in.")).to_be_visible()
    guest.goto("/c/night-shift-circle/")
    expect(guest.get_by_text("You are here as Member.")).to_be_visible()

    host.goto("/c/night-shift-circle/")
    host.get_by_role("link", name="Invite people").click()
    host.get_by_label("How many get in by it").fill("1")
    host.get_by_role("button", name="Make the link").click()
    expect(host.get_by_label("The link")).to_have_value(re.compile("/join/."))
    link = host.get_by_label("The link").input_value()
    other = open_as(cy, f"/join/{link.rpartition('/join/')[2]}", javascript=javascript)
    other.get_by_role("button", name="Join Night shift circle").click()
    expect(other.get_by_text("Welcome to Night shift circle.")).to_be_visible()
    host.reload()
    expect(host.get_by_text("1 of 1 places taken")).to_be_visible()

    begin_a_course(guest, other)
    assert Community.objects.get().memberships.current().count() == 3


def begin_a_course(writer, reader):
    """Of their community, with a first unit, which the other reads."""
    writer.get_by_role("link", name="Begin one").click()
    writer.get_by_label("What is it called?").fill("Nights")
    writer.get_by_label("Its first unit").fill("The first hour")
    writer.get_by_role("button", name="Begin").click()
    writer.get_by_label("Text").fill("Eat before you are hungry.")
    writer.get_by_role("button", name="Save").click()
    expect(writer.get_by_text("Saved as version 2.")).to_be_visible()
    reader.goto("/c/night-shift-circle/")
    reader.get_by_role("link", name="The first hour").click()
    expect(reader.get_by_text("Eat before you are hungry.")).to_be_visible()
