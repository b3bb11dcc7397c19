"""Cohorts started, and their schedules worked through, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from courses.actions import add_step, ask_due, replan, start_cohort
from courses.models import Cohort, PlanTerms, Shift, StepDate, plan_of
from discussions.models import Thread
from tests.factories import a_cohort

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times=4):
    def done(_number):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(done, range(times)))


def test_several_clicks_at_once_start_one_cohort(world):
    terms = {"course": world.course, "host": world.alice, "title": "Egret", "time_zone": "UTC", "key": uuid4()}
    made = at_once(lambda: start_cohort(starts_on=date(2026, 3, 2), **terms))
    assert len({cohort.pk for cohort in made}) == 1
    assert Cohort.objects.filter(community__title="Egret").count() == 1


def test_workers_that_find_the_same_date_ask_once(world):
    words = {"kind": "prompt", "title": "Once", "body": "?", "week": 1, "weekday": 0, "time": time(0)}
    add_step(course=world.course, key=uuid4(), **words)
    cohort = a_cohort(world.course, host=world.alice, days_ago=9)
    row = cohort.dates.get()
    threads = [thread for thread in at_once(lambda: ask_due(row.pk)) if thread]
    assert threads == list(Thread.objects.begun().filter(title="Once"))
    assert len(threads) == 1
    assert StepDate.objects.get().asked_at <= timezone.now()


def test_several_clicks_at_once_shift_once(world):
    add_step(course=world.course, key=uuid4(), kind="prompt", title="A", body="?", week=3, weekday=0, time=time(9))
    cohort, key = a_cohort(world.course, host=world.alice, days_ago=0), uuid4()
    before, seen = cohort.dates.get().day, plan_of(cohort, shift_days=2).fingerprint
    terms = PlanTerms.of(cohort)
    made = at_once(lambda: replan(by=world.alice, cohort=cohort, terms=terms, shift_days=2, seen=seen, key=key))
    assert {shift.pk for shift in made} == {Shift.objects.get().pk}
    assert (cohort.dates.get().day - before).days == 2
