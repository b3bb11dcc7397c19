"""A cohort in one page: looked at first, then made."""

import re
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from community.models import Community, Invitation
from courses.actions import time_units, write_welcome
from courses.models import Cohort
from tests.factories import an_admin

NEW, PREVIEW = "/manage/cohorts/new/", "/manage/cohorts/new/preview/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def course(world):
    time_units(world.course, {unit.pk: (week, 1, time(9)) for week, unit in enumerate(world.units, start=2)})
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield world.course


def fields(course, **more):
    words = {
        "course": course.pk,
        "title": "Egret cohort",
        "starts_on": "2026-12-07",
        "ends_on": "2027-01-29",
        "time_zone": "Europe/Zagreb",
        "holidays": "2026-12-21 to 2027-01-01 Winter break\n2027-01-06",
        "welcome": "**Say hello** in the commons.",
        "facilitators": "Fay@example.org",
        "members": "bo@example.org, new@example.org\nfay@example.org",
        "key": uuid4(),
    }
    return words | more


def moments(html):
    """Of the dates that a page shows, as it shows them."""
    return re.findall(r"<time[^>]*>(\w{3} \d+ \w{3} \d{4}, \d\d:\d\d)</time>", html)


def test_all_of_a_cohort_is_made_on_one_page(world, course, client_of):
    response = client_of(world.alice).post(NEW, fields(course))
    cohort = Cohort.objects.get(community__title="Egret cohort")
    assert response.url == reverse("manage_cohort", args=[cohort.community.slug])
    assert (cohort.starts_on, cohort.ends_on) == (date(2026, 12, 7), date(2027, 1, 29))
    roles = {m.user.handle: m.role for m in cohort.community.memberships.current().with_people()}
    assert roles == {"alice": "host", "fay": "facilitator", "bo": "member"}
    assert [invitation.email for invitation in Invitation.objects.all()] == ["new@example.org"]
    assert [str(h) for h in cohort.holidays.all()] == ["2026-12-21 to 2027-01-01 Winter break", "2027-01-06"]
    days = [f"{row.at:%m-%d %H:%M}" for row in cohort.dates.in_order()]
    assert days == ["12-15 08:00", "01-05 08:00", "01-12 08:00"]
    assert cohort.welcome.html == "<p><strong>Say hello</strong> in the commons.</p>"


def test_a_preview_shows_it_all_and_makes_nothing(world, course, client_of):
    page = client_of(world.alice).post(PREVIEW, fields(course), headers=HTMX).content.decode()
    assert moments(page) == ["Tue 15 Dec 2026, 09:00", "Tue 5 Jan 2027, 09:00", "Tue 12 Jan 2027, 09:00"]
    assert "2 people are in at once" in " ".join(page.split())
    assert "1 gets an invitation by mail" in page
    assert "<strong>Say hello</strong>" in page
    assert Cohort.objects.count() == 1
    assert not Invitation.objects.exists()


def test_a_preview_without_scripts_keeps_what_was_typed(world, course, client_of):
    page = client_of(world.alice).post(PREVIEW, fields(course)).content.decode()
    assert "Tue 15 Dec 2026, 09:00" in page
    for words in ('value="Egret cohort"', "Winter break", "new@example.org", "**Say hello**"):
        assert words in page


def test_a_preview_that_cannot_be_shown_leads_back_to_the_form(world, course, client_of):
    answer = client_of(world.alice).post(PREVIEW, fields(course, title=""), headers=HTMX)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == answer["HX-Reselect"] == "#cohort-form"
    assert "Winter break" in answer.content.decode()


def test_a_double_click_makes_one_cohort(world, course, client_of):
    words = fields(course)
    for _ in range(2):
        assert client_of(world.alice).post(NEW, words).status_code == 302
    assert Community.objects.filter(title="Egret cohort").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"course": ""}, "This field is required."),
        ({"ends_on": "2026-12-01"}, "That is before it begins."),
        ({"starts_on": "9999-12-31"}, "That is too far away."),
        ({"holidays": "Christmas"}, "Not days: Christmas"),
        ({"holidays": "2026-02-30"}, "Not days: 2026-02-30"),
        ({"holidays": "2027-01-06 to 2026-12-01"}, "It ends before it begins"),
        ({"holidays": "2026-01-01 to 2031-01-01"}, "too many days off"),
        ({"members": "fine@example.org, =cmd()"}, "Not an address: =cmd()"),
        ({"facilitators": "x"}, "Not an address: x"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(world, course, client_of, wrong, said):
    for url in (NEW, PREVIEW):
        response = client_of(world.alice).post(url, fields(course, purpose="Kept purpose") | wrong)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert "Kept purpose" in response.content.decode()
    assert Cohort.objects.count() == 1


def test_a_self_paced_cohort_has_no_dates_and_its_preview_says_so(world, course, client_of):
    words = fields(course, is_self_paced="on")
    assert "at their own pace" in client_of(world.alice).post(PREVIEW, words, headers=HTMX).content.decode()
    client_of(world.alice).post(NEW, words)
    cohort = Cohort.objects.get(community__title="Egret cohort")
    assert cohort.is_self_paced
    assert not cohort.dates.exists()
    page = client_of(world.alice).get(reverse("cohort_schedule", args=[cohort.community.slug])).content.decode()
    assert "at their own pace" in page


def test_no_community_takes_an_address_of_the_site(world, course, client_of):
    client_of(world.alice).post(NEW, fields(course, title="New"))
    assert Community.objects.get(title="New").slug == "new-2"


def test_members_read_the_welcome_on_top_until_they_have_begun(world, client_of):
    write_welcome(by=world.alice, cohort=world.cohort, source="Say *hello* first.")
    bo, page = client_of(world.bo), world.community.get_absolute_url()
    assert '<details class="card pad greeting" open>' in bo.get(page).content.decode()
    bo.post(reverse("unit_done", args=[world.community.slug, world.unit.slug]), {"done": "on"})
    html = bo.get(page).content.decode()
    assert '<details class="card pad greeting">' in html
    assert "Say <em>hello</em> first." in html
    assert client_of(world.cy).get(page).status_code == 404


def test_of_two_who_write_the_welcome_neither_loses_words(world, client_of):
    url = reverse("cohort_welcome", args=[world.community.slug])
    alice = client_of(world.alice)
    assert alice.post(url, {"source": "First.", "version": 0}).status_code == 302
    response = alice.post(url, {"source": "Mine.", "version": 0})
    page = response.content.decode()
    assert response.status_code == 409
    assert "First." in page
    assert "Mine." in page
    assert alice.post(url, {"source": "Mine.", "version": 1}).status_code == 302
    assert world.cohort.welcome.source == "Mine."


def test_hosts_who_are_no_admins_start_no_cohorts(world, course, client_of):
    assert client_of(world.fay).post(NEW, fields(course)).status_code == 403
    assert client_of(an_admin()).get(NEW).status_code == 200
