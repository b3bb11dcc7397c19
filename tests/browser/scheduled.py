"""A course's schedule and the dates of its cohorts, for those who look at all pages."""

from datetime import time
from uuid import uuid4

from django.urls import reverse

from courses.actions import add_step, remove_step, time_units


def scheduled(world):
    """Give the course a schedule; paths of its pages for Alice."""
    course, words = world.course, {"body": "One thing.", "week": 2, "weekday": 1, "time": time(9)}
    time_units(course, {unit.pk: (number, 0, time(9)) for number, unit in enumerate(world.units, start=1)})
    step = add_step(course=course, key=uuid4(), kind="prompt", title="What will you try?", unit=world.unit, **words)
    remove_step(add_step(course=course, key=uuid4(), kind="topic", title="Taken out", **words))
    return [
        *(reverse(name, args=[course.slug]) for name in ("course_schedule", "new_step")),
        reverse("edit_step", args=[course.slug, step.pk]),
    ]
