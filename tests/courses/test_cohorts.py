"""Starting a cohort, and who is in it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from community.models import Community, Invitation, Membership
from courses.actions import turn_season
from courses.models import Cohort
from tests.factories import a_cohort, a_person, a_post, a_thread, place_of


def new_cohort(client, course, **fields):
    words = {"title": "Spring cohort", "starts_on": "2026-03-02", "time_zone": "Europe/Zagreb"} | fields
    return client.post(reverse("new_cohort", args=[course.slug]), words)


def add(client, community, emails, role="member"):
    return client.post(reverse("add_people", args=[community.slug]), {"emails": emails, "role": role})


def test_an_admin_starts_a_cohort_and_hosts_it(world, client_of):
    response = new_cohort(client_of(world.alice), world.course)
    cohort = Cohort.objects.get(community__title="Spring cohort")
    assert response.url == reverse("manage_cohort", args=[cohort.community.slug])
    assert cohort.community.membership_of(world.alice).role == Membership.Role.HOST
    assert cohort.community.unit_places.count() == world.course.units.count()
    place = place_of(world.unit, cohort.community)
    assert place.opens_at == datetime(2026, 3, 1, 23, tzinfo=UTC), "midnight of the cohort's own zone"
    assert place.threads.get().kind == "prompt"


@pytest.mark.parametrize(
    ("starts_on", "zone"),
    [("2028-02-29", "Pacific/Kiritimati"), ("2026-03-29", "Europe/Berlin"), ("2026-10-25", "Etc/GMT+12")],
)
def test_it_starts_at_midnight_of_its_own_zone_whatever_the_date(world, client_of, starts_on, zone):
    new_cohort(client_of(world.alice), world.course, starts_on=starts_on, time_zone=zone)
    cohort = Cohort.objects.get(community__title="Spring cohort")
    here = place_of(world.unit, cohort.community).opens_at.astimezone(ZoneInfo(zone))
    assert (here.date(), here.hour, here.minute) == (date.fromisoformat(starts_on), 0, 0)


@pytest.mark.parametrize("fields", [{"title": ""}, {"starts_on": "2026-02-30"}, {"time_zone": "Mars/Base"}])
def test_what_is_missing_or_wrong_is_said_and_the_rest_kept(world, client_of, fields):
    response = new_cohort(client_of(world.alice), world.course, purpose="Kept purpose", **fields)
    assert response.status_code == 422
    assert "Kept purpose" in response.content.decode()
    assert not Community.objects.filter(title="Spring cohort").exists()


def test_two_cohorts_of_one_title_have_addresses_of_their_own(world, client_of):
    for _ in range(2):
        new_cohort(client_of(world.alice), world.course)
    assert {c.slug for c in Community.objects.filter(title="Spring cohort")} == {"spring-cohort", "spring-cohort-2"}


def test_known_people_are_in_at_once_and_others_get_a_mail(
    world, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    known = a_person(email="known@example.org")
    add(client_of(world.alice), world.community, "Known@example.org, new@example.org\nnew@example.org;", "facilitator")
    assert world.community.membership_of(known).role == Membership.Role.FACILITATOR
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("new@example.org", "facilitator")
    assert client_of(known).get(world.place.path).status_code == 200


def test_wrong_addresses_are_named_and_nobody_is_added(world, client_of):
    response = add(client_of(world.alice), world.community, "fine@example.org, not-an-address, =cmd()")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Not addresses: not-an-address, =cmd()" in page
    assert "fine@example.org" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["alum", "admin", ""])
def test_nobody_is_added_in_a_role_that_the_form_does_not_offer(world, client_of, role):
    assert add(client_of(world.alice), world.community, "new@example.org", role).status_code == 422


def test_a_removed_person_is_out_at_the_next_request_and_their_words_stay(world, client_of):
    thread = a_thread(world.place, author=world.bo, title="What Bo said")
    bo, membership = client_of(world.bo), world.community.membership_of(world.bo)
    assert bo.get(world.place.path).status_code == 200
    client_of(world.alice).post(reverse("remove_person", args=[world.community.slug, membership.pk]))
    for url in (world.place.path, world.community.get_absolute_url(), thread.get_absolute_url()):
        assert bo.get(url).status_code == 404
    assert "What Bo said" not in bo.get("/").content.decode()
    assert "What Bo said" in client_of(world.fay).get(world.place.path).content.decode()


def test_the_last_host_stays(world, client_of):
    membership = world.community.membership_of(world.alice)
    url = reverse("remove_person", args=[world.community.slug, membership.pk])
    page = client_of(world.alice).post(url, follow=True).content.decode()
    assert "Every community keeps a host." in page
    assert world.community.membership_of(world.alice)


def test_a_membership_is_removed_through_its_own_community_only(world, client_of):
    theirs = world.other.membership_of(world.cy)
    url = reverse("remove_person", args=[world.community.slug, theirs.pk])
    assert client_of(world.alice).post(url).status_code == 404
    assert world.other.membership_of(world.cy)


def test_an_ended_cohort_goes_on_in_place(world, client_of):
    cohort = a_cohort(world.course, host=world.alice, members=(world.bo,), days_ago=-3, title="Egret")
    place = place_of(world.unit, cohort.community)
    thread = a_thread(place, author=world.alice, title="Goes on")
    turn_season(cohort=cohort, by=world.alice)
    assert cohort.community.membership_of(world.bo).role == Membership.Role.ALUM
    assert Community.objects.get(pk=cohort.community_id).season == "practice"
    assert "Goes on" in client_of(world.bo).get(place.path).content.decode()
    assert a_post(thread, author=world.bo).thread == thread
