"""The pages of the reports: for whom they are, what they say, and what they never say."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from community.actions import join
from courses.models import Unit, UnitReading
from courses.models.reports import BlockNumbers, UnitNumbers, WeekNumbers
from discussions.actions import react
from tests.courses.test_report_numbers import readers
from tests.factories import a_cohort, a_person, a_thread, a_thread_on


def report(world):
    return reverse("cohort_report", args=[world.community.slug])


def course_report(world):
    return reverse("course_report", args=[world.course.slug])


def unit_report(world):
    return reverse("unit_report", args=[world.community.slug, world.unit.slug])


PAGES = [report, unit_report]


@pytest.mark.parametrize("page", PAGES)
def test_a_report_says_its_numbers_in_figures_in_pictures_and_in_tables(world, client_of, page):
    readers(world, 7)
    a_thread(world.place, author=world.bo, kind="question")
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.bo)
    react(person=world.al, post=thread.posts.get(), word="me_too")
    html = client_of(world.fay).get(page(world)).content.decode()
    assert re.search(r"<(td|dd)>5</\1>", html), "seven are told as five"
    assert re.search(r"<(td|dd)>under 5</\1>", html), "nobody has read it"
    assert html.count('role="img"') == html.count('class="scroll chart-table"') == 4
    assert "<title>1: Came to it, 5</title>" in html
    assert "Counting posts makes those readers look absent." in html
    assert f"?discuss={thread.block_id}#b-{thread.block_id}" in html


def test_no_report_names_anybody_or_ranks_people_by_posts(world, client_of):
    people = [world.bo, world.al, *readers(world, 5)]
    for n, person in enumerate(people[:3]):
        for _ in range(n + 1):
            a_thread(world.place, author=person, kind="question")
    client = client_of(world.alice)
    for page in [*PAGES, course_report]:
        main = client.get(page(world)).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "<table" in main
        said = (words for one in people for words in (one.name, one.handle, one.email, one.get_absolute_url()))
        assert [words for words in said if re.search(rf"\b{re.escape(words)}\b", main)] == []


@pytest.mark.once
def test_no_row_of_a_report_is_a_persons_and_nobody_has_a_score():
    kinds = [UnitNumbers, WeekNumbers, BlockNumbers]
    said = {name for kind in kinds for name in kind.__dataclass_fields__}
    assert not {name for name in said if re.search("person|user|author|name|member|score|rank", name)}
    scored = [
        f"{model.__name__}.{field.name}"
        for model in (apps.get_model("accounts.User"), apps.get_model("community.Membership"))
        for field in model._meta.get_fields()
        if re.search("score|rank|point|karma|level|badge|streak|(post|answer|reaction|thread)s?_count", field.name)
    ]
    assert scored == []


def test_an_admin_who_is_not_in_the_community_gets_no_links_into_it(world, client_of):
    a_thread(world.place, author=world.bo, kind="question")
    world.community.memberships.filter(user=world.alice).delete()
    for page in PAGES:
        answer = client_of(world.alice).get(page(world))
        assert answer.status_code == 200
        assert world.place.path not in answer.content.decode().partition("<main")[2]


def test_the_report_of_a_course_is_of_all_its_cohorts_together(world, client_of):
    readers(world, 3)
    egret = a_cohort(world.course)
    for person in (world.cy, world.ed, a_person()):
        join(egret.community, person)
        place = world.unit.places.get(community=egret.community)
        UnitReading.objects.create(person=person, unit_place=place, seconds=60, share=90)
    a_thread(place.place, author=world.cy, kind="question")
    page = client_of(world.alice).get(course_report(world))
    first = page.context["units"][0]
    assert (first.reached, first.questions) == (5, 1)
    assert client_of(world.fay).get(report(world)).context["units"][0].reached is None


def test_a_unit_of_another_course_has_no_report_here(world, client_of):
    other = Unit.objects.exclude(course=world.course).first()
    slug = other.slug if other else "none"
    url = reverse("unit_report", args=[world.community.slug, f"{slug}-elsewhere"])
    assert client_of(world.alice).get(url).status_code == 404


def test_a_cohort_that_has_not_begun_has_a_report_without_weeks(world, client_of):
    world.cohort.starts_on += timedelta(days=30)
    world.cohort.save(update_fields=["starts_on"])
    html = client_of(world.alice).get(report(world)).content.decode()
    assert "The cohort has not begun." in html
    assert "chart-picture" not in html
