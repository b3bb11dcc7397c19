"""How well each unit serves: numbers from the database, none of them about a person."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, F, Q, Sum, When

from ..unit import Unit
from .fives import in_fives
from .medians import knowing_waits, medians

AT = "place__unit_place__unit"


@dataclass
class UnitNumbers:
    """Of one unit. Numbers of people are in steps of five, and None below five; what every reader of the unit sees
    anyway (questions, prompts, “me too”) is counted as it is."""

    title: str
    slug: str
    section: str
    reached: int | None = None
    read: int | None = None
    seconds: int | None = None  # the median of those who reached it
    questions: int = 0
    open_questions: int = 0
    first_answer: timedelta | None = None  # the median
    prompts: int = 0
    prompts_answered: int = 0
    answers: int = 0
    me_toos: int = 0

    @property
    def minutes(self):
        return None if self.seconds is None else max(1, round(self.seconds / 60))


def unit_numbers(scope, course):
    """The units of a course in order, each with its numbers; as many queries for many as for few."""
    units = Unit.objects.of(course).in_course_order().without_texts()
    if scope.unit:
        units = units.filter(pk=scope.unit.pk)
    found = {unit.pk: UnitNumbers(unit.title, unit.slug, unit.section.title) for unit in units}
    for numbers in (reading(scope), questions(scope), prompts(scope), me_toos(scope)):
        for pk, name, value in numbers:
            if pk in found:
                setattr(found[pk], name, value)
    return list(found.values())


def reading(scope):
    by = "unit_place__unit"
    people = Count("person", distinct=True)
    read = Count("person", distinct=True, filter=~Q(read_at=None))
    rows = scope.readings()
    for pk, reached, has_read in (
        rows.order_by().values(by).annotate(reached=people, has_read=read).values_list(by, "reached", "has_read")
    ):
        yield pk, "reached", in_fives(reached)
        yield pk, "read", in_fives(has_read)
    for pk, (seconds, of) in medians(rows, "seconds", by).items():
        if in_fives(of):
            yield pk, "seconds", seconds


def questions(scope):
    for name, rows in (("questions", scope.questions()), ("open_questions", scope.open_questions())):
        for pk, count in rows.order_by().values(AT).annotate(count=Count("pk")).values_list(AT, "count"):
            yield pk, name, count
    for pk, (wait, _of) in medians(knowing_waits(scope.questions()), "wait", AT).items():
        yield pk, "first_answer", wait


def prompts(scope):
    """A prompt in the text has answers alone for posts; one that was posed begins with its own words."""
    given = Case(When(is_in_text=True, then=F("post_count")), default=F("post_count") - 1)
    rows = scope.prompts().alias(given=given).order_by().values(AT)
    counts = rows.annotate(
        prompts=Count("pk"), prompts_answered=Count("pk", filter=Q(given__gt=0)), answers=Sum("given")
    )
    for row in counts:
        for name in ("prompts", "prompts_answered", "answers"):
            yield row[AT], name, row[name]


def me_toos(scope):
    by = f"post__thread__{AT}"
    for pk, count in scope.me_toos().order_by().values(by).annotate(count=Count("pk")).values_list(by, "count"):
        yield pk, "me_toos", count
