"""A course's schedule: in which week its units open, and what is asked."""

import json
from datetime import time
from uuid import uuid4

from django.urls import reverse

from courses.actions import add_step, change_step
from courses.models import Step
from tests.factories import a_course

PAGE = "/manage/courses/learning-together/schedule/"
NEW = f"{PAGE}new/"
KEY = uuid4()


def openings(world, *weeks, was=()):
    """The form's fields, with these weeks for the units in order."""
    fields = {"was": json.dumps(dict(was))}
    for unit, week in zip(world.units, weeks, strict=True):
        fields |= {f"week-{unit.pk}": week, f"day-{unit.pk}": "1", f"time-{unit.pk}": "09:00"}
    return fields


def a_step(world, **words):
    fields = {"kind": "prompt", "title": "What will you try?", "body": "One thing.", "week": 2, "weekday": 1}
    return add_step(course=world.course, key=uuid4(), **fields | {"time": time(9)} | words)


def of_units(world):
    return {s.unit_id: (s.week, s.weekday, s.time) for s in world.course.steps.of_units().standing()}


def test_an_author_says_in_which_week_units_open(world, client_of):
    assert client_of(world.fay).post(PAGE, openings(world, 1, "", 3)).status_code == 302
    first, second, third = (unit.pk for unit in world.units)
    assert of_units(world) == {first: (1, 1, time(9)), third: (3, 1, time(9))}
    client_of(world.fay).post(PAGE, openings(world, "", 2, 3, was={first: [1, 1, "09:00"], third: [3, 1, "09:00"]}))
    assert of_units(world) == {second: (2, 1, time(9)), third: (3, 1, time(9))}


def test_what_somebody_else_saved_meanwhile_stays(world, client_of):
    client_of(world.fay).post(PAGE, openings(world, "", "", 5))
    client_of(world.alice).post(PAGE, openings(world, 1, "", ""))  # who had opened the page before that
    assert {when[0] for when in of_units(world).values()} == {1, 5}


def test_a_proposal_fills_the_form_and_saves_nothing(world, client_of):
    page = client_of(world.fay).get(f"{PAGE}?fill=sections").content.decode()
    weeks = [page.split(f'name="week-{unit.pk}" value="')[1][0] for unit in world.units]
    assert weeks == ["1", "1", "2"]
    assert not Step.objects.exists()


def test_a_week_that_is_none_is_said_and_the_rest_kept(world, client_of):
    for wrong in ("0", "105", "x"):
        response = client_of(world.fay).post(PAGE, openings(world, 4, wrong, ""))
        assert response.status_code == 422
        assert f'name="week-{world.unit.pk}" value="4"' in response.content.decode()
    assert not Step.objects.exists()


def test_a_prompt_is_written_once_however_often_the_button_is_pressed(world, client_of):
    words = {"kind": "prompt", "title": "Try", "body": "What?", "week": 2, "weekday": 1, "time": "09:00", "for_days": 7}
    for _ in range(2):
        assert client_of(world.fay).post(NEW, words | {"key": KEY, "version": 0}).status_code == 302
    assert "Week 2, Tuesday 09:00" in client_of(world.fay).get(PAGE).content.decode()
    assert Step.objects.get().title == "Try"


def test_of_two_who_change_a_prompt_neither_loses_words(world, client_of):
    step = a_step(world)
    change_step(step=step, version=1, body="Theirs.")
    url = reverse("edit_step", args=[world.course.slug, step.pk])
    words = {"kind": "prompt", "title": "Try", "week": 2, "weekday": 1, "time": "09:00", "for_days": 7, "key": KEY}
    response = client_of(world.fay).post(url, words | {"body": "Mine.", "version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert client_of(world.fay).post(url, words | {"body": "Mine.", "version": 2}).status_code == 302
    assert Step.objects.get().body == "Mine."


def test_what_is_taken_out_can_be_put_back(world, client_of):
    step, fay = a_step(world), client_of(world.fay)
    fay.post(reverse("remove_step", args=[world.course.slug, step.pk]))
    assert not Step.objects.standing().exists()
    fay.post(reverse("put_step_back", args=[world.course.slug, step.pk]))
    assert Step.objects.standing().exists()


def test_a_step_is_changed_through_its_own_course_only(world, client_of):
    url = reverse("edit_step", args=[a_course().slug, a_step(world).pk])
    assert client_of(world.alice).get(url).status_code == 404
