"""The same numbers, week by week."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import Coalesce, Least

from .fives import in_fives
from .medians import knowing_waits, medians


@dataclass
class WeekNumbers:
    """Of one week: who came to a unit or read one to its end for the first time, in steps of five; what was asked in
    it, how much of that and of before was still open at its end, and how long a first answer took to what was asked."""

    number: int
    day: date
    reached: int | None = None
    read: int | None = None
    questions: int = 0
    open_questions: int = 0
    first_answer: timedelta | None = None
    answers: int = 0
    me_toos: int = 0


def week_numbers(scope, weeks):
    """Each week with its numbers; as many queries for many as for few."""
    found = {week.number: WeekNumbers(week.number, week.day) for week in weeks}
    for name, field in (("reached", "first_at"), ("read", "read_at")):
        rows = scope.readings().exclude(**{field: None})
        fill(found, name, counts(rows, weeks, field, Count("person", distinct=True)), in_fives)
    asked = counts(scope.questions(), weeks, "created_at")
    fill(found, "questions", asked)
    fill(found, "answers", counts(scope.answers(), weeks, "created_at"))
    fill(found, "me_toos", counts(scope.me_toos(), weeks, "created_at"))
    fill(found, "open_questions", still_open(found, asked, settled(scope, weeks)))
    waits = knowing_waits(scope.questions()).annotate(week=weeks.containing("created_at"))
    fill(found, "first_answer", {week: wait for week, (wait, _of) in medians(waits, "wait", "week").items()})
    return list(found.values())


def counts(rows, weeks, field, count=None):
    """Number of the week → how many rows are of it."""
    by_week = rows.annotate(week=weeks.containing(field)).order_by().values("week")
    return dict(by_week.annotate(count=count or Count("pk")).values_list("week", "count"))


def fill(found, name, values, as_told=lambda value: value):
    for number, value in values.items():
        if number in found:
            setattr(found[number], name, as_told(value))


def settled(scope, weeks):
    """Number of the week → how many questions got an accepted answer, or were closed, in it."""
    rows = scope.questions().exclude(accepted_at=None, closed_at=None)
    at = Coalesce(Least("accepted_at", "closed_at"), "accepted_at", "closed_at")
    return counts(rows.annotate(settled_at=at), weeks, "settled_at")


def still_open(found, asked, settled):
    """Number of the week → how many questions were open at its end."""
    left = asked.get(0, 0) - settled.get(0, 0)
    still = {}
    for number in found:
        left += asked.get(number, 0) - settled.get(number, 0)
        still[number] = left
    return still
