"""A course's schedule: what opens and what is asked in which of its weeks."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ..models import Course, Step, Unit


class StepConflict(Exception):
    """Somebody else saved the step meanwhile. `step` is what stands now."""

    def __init__(self, step: Step) -> None:
        super().__init__(step)
        self.step = step


@transaction.atomic
def time_units(course: Course, times: Mapping[int, tuple[int, int, time] | None]) -> None:
    """Let units (by their ids) open in a week, on a weekday, at a time; None is with the start of a cohort. Cohorts
    keep the dates that they have. Locks the course row."""
    Course.objects.select_for_update().get(pk=course.pk)
    known = {step.unit_id: step for step in course.steps.of_units()}
    for unit in Unit.objects.of(course).without_texts():
        if unit.pk in times:
            time_unit(unit, known.get(unit.pk), times[unit.pk])


def time_unit(unit: Unit, step: Step | None, when: tuple[int, int, time] | None) -> None:
    if when is None:
        if step and step.removed_at is None:
            step.removed_at = timezone.now()
            step.save(update_fields=["removed_at"])
        return
    step = step or Step(course=unit.course, kind=Step.Kind.UNIT, unit=unit)
    step.week, step.weekday, step.time = when
    step.removed_at = None
    step.save()


def add_step(*, course: Course, key: UUID, **words: Any) -> Step:
    """A prompt or a topic in the course's schedule. A second call with the same `key` returns what the first made."""
    try:
        with transaction.atomic():
            return Step.objects.create(course=course, key=key, **words)
    except IntegrityError:
        return course.steps.get(key=key)


@transaction.atomic
def change_step(*, step: Step, version: int, **words: Any) -> Step:
    """Let a prompt or a topic say something else, or come at another time, on top of `version`; where it was asked
    already, what was asked stays. Raises StepConflict."""
    rows = Step.objects.asking().filter(pk=step.pk, version=version)
    if not rows.update(version=F("version") + 1, **words):
        step.refresh_from_db()
        raise StepConflict(step)
    step.refresh_from_db()
    return step


def remove_step(step: Step) -> None:
    """Take a prompt or a topic out of the schedule: nobody is asked it any more. `put_step_back` undoes it."""
    Step.objects.standing().filter(pk=step.pk).update(removed_at=timezone.now())


def put_step_back(step: Step) -> None:
    Step.objects.filter(pk=step.pk).update(removed_at=None)
