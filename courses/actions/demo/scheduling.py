"""The schedule of the demo's course, and how its running cohort welcomes people."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import uuid4

from accounts.models import User
from courses.models import Cohort, Course, Section

from ..steps import add_step, time_units
from ..welcoming import write_welcome


def schedule(course: Course, file: Mapping[str, Any]) -> None:
    """Say in which weeks the course's units open, and what is asked; before it has cohorts, whose dates follow from
    that."""
    for section, row in zip(Section.objects.filter(course=course).order_by("position"), file["openings"], strict=True):
        time_units(course, {unit.pk: when(row) for unit in section.units.all()})
    for row in file["asked"]:
        words = {name: row[name] for name in ("kind", "title", "week", "weekday")}
        unit = course.units.get(slug=row["unit"]) if "unit" in row else None
        answer_first = row.get("answer_first", False)
        add_step(
            course=course,
            key=uuid4(),
            unit=unit,
            time=when(row)[2],
            body=row["body"].strip(),
            answer_first=answer_first,
            **words,
        )


def when(row: Mapping[str, Any]) -> tuple[int, int, time]:
    return row["week"], row["weekday"], time.fromisoformat(row["time"])


def welcome(row: Mapping[str, Any], people: Mapping[str, User]) -> None:
    cohort = Cohort.objects.get(community__slug=row["community"])
    write_welcome(by=people[row["by"]], cohort=cohort, source=row["body"].strip())
