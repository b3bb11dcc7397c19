"""The tables of the reports, for spreadsheets."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.actions.sheets import sheet

from ..models.reports import Scope, Weeks, blocks_with_most_me_too, unit_numbers, week_numbers
from ..templatetags.reports import people
from .reports import reported_cohort

BLOCKS_MOST = 1_000
Column = tuple[Any, Callable[[Any], Any]]


def hours(time):
    """A time in hours, for counting with; nothing for none."""
    return "" if time is None else round(time.total_seconds() / 3600, 2)


TALK: list[Column] = [
    (_("Questions"), lambda row: row.questions),
    (_("Open"), lambda row: row.open_questions),
    (_("First answer after, hours"), lambda row: hours(row.first_answer)),
    (_("Answers to prompts"), lambda row: row.answers),
    (_("Me too"), lambda row: row.me_toos),
]
UNITS: list[Column] = [
    (_("Section"), lambda row: row.section),
    (_("Unit"), lambda row: row.title),
    (_("Reached it"), lambda row: people(row.reached)),
    (_("Read it"), lambda row: people(row.read)),
    (_("Minutes"), lambda row: "" if row.minutes is None else row.minutes),
    (_("Prompts"), lambda row: row.prompts),
    (_("Prompts answered"), lambda row: row.prompts_answered),
    *TALK,
]
WEEKS: list[Column] = [
    (_("Week"), lambda row: row.number),
    (_("From"), lambda row: row.day.isoformat()),
    (_("Came to a unit"), lambda row: people(row.reached)),
    (_("Read one"), lambda row: people(row.read)),
    *TALK,
]
BLOCKS: list[Column] = [
    (_("Unit"), lambda row: row.unit_title),
    (_("Paragraph"), lambda row: row.words),
    (_("Me too"), lambda row: row.me_toos),
]


@signed_in
@require_safe
def report_sheet(request, community, table, unit=""):
    """One table of a cohort's report, or of one unit's, as a CSV: `units`, `weeks` or `me-too`."""
    cohort = reported_cohort(request, community)
    scope = Scope((cohort.community,))
    if unit:
        scope = scope.of_unit(get_object_or_404(cohort.course.units, slug=unit))
    if table == "units":
        columns, rows = UNITS, unit_numbers(scope, cohort.course)
    elif table == "weeks":
        columns, rows = WEEKS, week_numbers(scope, Weeks.of(cohort))
    elif table == "me-too":
        columns, rows = BLOCKS, blocks_with_most_me_too(scope, BLOCKS_MOST)
    else:
        raise Http404
    name = "-".join(filter(None, (community, unit, table)))
    lines = sheet([str(title) for title, _cell in columns], ([cell(row) for _title, cell in columns] for row in rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
