"""A course that a community writes for itself, unit by unit."""

import pytest
from django.urls import reverse

from community.actions import archive
from community.models import Membership
from courses.actions import MayNotWrite, TakesACourse, begin_own_course, leave
from courses.models import Cohort, Course, Unit, UnitRevision
from tests.factories import a_community, a_member, a_person, an_admin

pytestmark = pytest.mark.django_db
FORM = {"title": "Night shifts", "summary": "How we get through.", "unit": "The first hour"}


@pytest.fixture
def community(db):
    bo, nia = a_person("Bo Lindqvist", handle="bo"), a_person("Nia Bell", handle="nia")
    return a_community("Owl circle", members=(bo, nia))


@pytest.fixture
def people(community):
    return {membership.user.handle: membership.user for membership in community.memberships.all()}


def begin(community, person):
    return begin_own_course(community=community, by=person, **FORM)


def text_of(answer):
    return answer.content.decode()


def test_a_member_begins_it_and_others_go_on(client_of, community, people):
    bo, nia = client_of(people["bo"]), client_of(people["nia"])
    page = f"/c/{community.slug}/course/new/"
    assert page in text_of(bo.get(community.get_absolute_url()))
    answer = bo.post(page, FORM)
    unit = Unit.objects.get()
    assert answer.url == reverse("edit_unit", args=["night-shifts", unit.slug])
    bo.post(answer.url, {"title": unit.title, "source": "Eat first.\n", "version": unit.version})
    home = text_of(nia.get(community.get_absolute_url()))
    assert "Night shifts" in home
    assert "Write on it" in home
    assert page not in home
    section = Course.objects.get().sections.get().pk
    added = nia.post(reverse("new_unit", args=["night-shifts"]), {"title": "The last hour", "section": section})
    nia.post(added.url, {"title": "The last hour", "source": "Walk home.\n", "version": 1})
    read = bo.get(f"/c/{community.slug}/u/the-last-hour/")
    assert "Walk home." in text_of(read)
    assert "Edit this unit" in text_of(read)
    assert UnitRevision.objects.filter(unit__slug="the-last-hour").last().author == people["nia"]
    assert nia.get("/manage/").status_code == bo.get("/courses/").status_code == 200


def test_a_second_click_and_a_second_member_find_the_one_that_is_there(client_of, community, people):
    page = f"/c/{community.slug}/course/new/"
    client_of(people["bo"]).post(page, FORM)
    assert client_of(people["bo"]).post(page, FORM).url == "/courses/night-shifts/"
    assert client_of(people["nia"]).get(page).url == "/courses/night-shifts/"
    with pytest.raises(TakesACourse):
        begin(community, people["nia"])
    assert Course.objects.count() == Cohort.objects.count() == 1


def test_a_refused_form_keeps_its_words(client_of, community, people):
    answer = client_of(people["bo"]).post(f"/c/{community.slug}/course/new/", FORM | {"unit": ""})
    assert answer.status_code == 422
    assert "How we get through." in text_of(answer)


def test_nobody_writes_it_who_doesn_t_write_in_the_community(client_of, community, people):
    gus, cy = a_member(community, role=Membership.Role.GUEST), a_person()
    with pytest.raises(MayNotWrite):
        begin(community, gus)
    unit = begin(community, people["bo"])
    edit = reverse("edit_unit", args=[unit.course.slug, unit.slug])
    form = {"title": "Mine", "source": "Mine.", "version": unit.version}
    expected = [(people["nia"], 302), (gus, 403), (cy, 404), (an_admin(), 404)]
    assert [client_of(person).post(edit, form).status_code for person, _ in expected] == [code for _, code in expected]
    leave(membership=community.membership_of(people["nia"]), keeps_name=True)
    assert client_of(people["nia"]).get(edit).status_code == 404


def test_an_admin_who_is_not_in_it_sees_nothing_of_it(client_of, community, people):
    unit, ada = begin(community, people["bo"]), client_of(an_admin())
    slug, course = community.slug, unit.course.slug
    paths = ["/courses/{c}/", "/manage/courses/{c}/", "/manage/cohorts/{s}/", "/courses/{c}/units/{u}/history/"]
    for path in paths:
        assert ada.get(path.format(c=course, s=slug, u=unit.slug)).status_code == 404
    for path in ("/manage/", "/courses/", "/communities/"):
        page = text_of(ada.get(path))
        assert "Night shifts" not in page
        assert "Owl circle" not in page
    host = next(m.user for m in community.memberships.hosts().with_people())
    assert client_of(host).get(f"/manage/cohorts/{slug}/").status_code == 200


def test_in_an_archived_community_nobody_writes_on_it(client_of, community, people):
    unit = begin(community, people["bo"])
    host = next(m.user for m in community.memberships.hosts().with_people())
    archive(community=community, by=host)
    edit = reverse("edit_unit", args=[unit.course.slug, unit.slug])
    for person in (people["bo"], host):
        form = {"title": "Mine", "source": "Mine.", "version": unit.version}
        assert client_of(person).post(edit, form).status_code == 403
    assert client_of(people["bo"]).get(f"/c/{community.slug}/u/{unit.slug}/").status_code == 200


def test_who_leaves_without_a_name_leaves_it_out_of_the_course_too(client_of, community, people):
    unit = begin(community, people["bo"])
    leave(membership=community.membership_of(people["bo"]), keeps_name=False)
    page = text_of(client_of(people["nia"]).get(f"/courses/{unit.course.slug}/units/{unit.slug}/history/"))
    assert "Lindqvist" not in page
    assert "Former member 1" in page
