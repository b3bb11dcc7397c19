"""A course's schedule and the dates of its cohorts, for those who look at all pages."""

from datetime import time
from uuid import uuid4

from django.urls import reverse

from courses.actions import add_step, move_date, remove_step, time_units
from tests.factories import a_cohort


def scheduled(world):
    """Give the course a schedule; paths of its pages for Alice, and a form that answers with one."""
    course, words = world.course, {"body": "One thing.", "week": 2, "weekday": 1, "time": time(9)}
    time_units(course, {unit.pk: (number, 0, time(9)) for number, unit in enumerate(world.units, start=1)})
    step = add_step(course=course, key=uuid4(), kind="prompt", title="What will you try?", unit=world.unit, **words)
    remove_step(add_step(course=course, key=uuid4(), kind="topic", title="Taken out", **words))
    cohort = a_cohort(course, host=world.alice, days_ago=-3, welcome="Say **hello**.", title="Ibis")
    date = cohort.dates.get(step__unit=world.units[1])
    move_date(by=world.alice, date=date, day=date.day, at=time(18), key=uuid4())
    slug = cohort.community.slug
    paths = [
        reverse("start_cohort"),
        *(reverse(name, args=[slug]) for name in ("cohort_schedule", "cohort_welcome", "community")),
        reverse("move_date", args=[slug, date.pk]),
        *(reverse(name, args=[course.slug]) for name in ("course_schedule", "new_step")),
        reverse("edit_step", args=[course.slug, step.pk]),
    ]
    plan = reverse("replan_cohort", args=[world.community.slug])
    return {"alice": paths, "refused": [("alice", plan, {"time_zone": "UTC", "holidays": "", "shift_days": 7})]}
