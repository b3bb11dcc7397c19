"""How well a cohort's units serve: pages of numbers without a name in them."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.views import signed_in

from ..models import Cohort
from ..models.reports import Scope, Weeks, blocks_with_most_me_too, unit_numbers, week_numbers
from ..templatetags.reports import how_long, people
from .authoring import crumbs, editable_course
from .charts import Series, bar_chart

# What a time is shown in, and up to how long.
UNITS = (
    (timedelta(minutes=1), gettext_lazy("minutes"), timedelta(hours=3)),
    (timedelta(hours=1), gettext_lazy("hours"), timedelta(days=2)),
    (timedelta(days=1), gettext_lazy("days"), timedelta.max),
)


@signed_in
@require_safe
def cohort_report(request, community):
    """Each unit's numbers, the same week by week, and where most say “me too”."""
    cohort = reported_cohort(request, community)
    scope = Scope((cohort.community,))
    context = {
        **about(request, cohort, scope),
        "units": unit_numbers(scope, cohort.course),
        "charts": charts(week_numbers(scope, Weeks.of(cohort))),
        "blocks": blocks_with_most_me_too(scope),
    }
    return render(request, "courses/cohort_report.html", context)


@signed_in
@require_safe
def course_report(request, course):
    """Each unit's numbers of all cohorts that took the course together: for who writes it."""
    course = editable_course(request, course)
    scope = Scope.of_course(course)
    context = {
        "course": course,
        "crumbs": crumbs(course),
        "reader_count": scope.reader_count,
        "units": unit_numbers(scope, course),
        "blocks": blocks_with_most_me_too(scope),
    }
    return render(request, "courses/course_report.html", context)


@signed_in
@require_safe
def unit_report(request, community, unit):
    """The numbers of one unit, week by week, and its blocks with most “me too”."""
    cohort = reported_cohort(request, community)
    unit = get_object_or_404(cohort.course.units.select_related("section"), slug=unit)
    scope = Scope((cohort.community,), unit)
    said = about(request, cohort, scope)
    context = {
        **said,
        "crumbs": [*said["crumbs"], (_("Report"), reverse("cohort_report", args=[community]))],
        "unit": unit,
        "numbers": unit_numbers(scope, cohort.course)[0],
        "charts": charts(week_numbers(scope, Weeks.of(cohort))),
        "blocks": blocks_with_most_me_too(scope),
    }
    return render(request, "courses/unit_report.html", context)


def reported_cohort(request, community):
    """The cohort, for who guides it and for L&D admins; 404 for everybody else."""
    return get_object_or_404(Cohort.objects.reported_to(request.user).with_courses(), community__slug=community)


def about(request, cohort, scope):
    """What both pages say first, and whether their reader is in the community and can follow links into it."""
    membership = cohort.community.membership_of(request.user)
    above = (
        (cohort.community.title, cohort.community.get_absolute_url())
        if membership
        else (_("Manage"), reverse("manage"))
    )
    return {
        "crumbs": [above],
        "may_manage": request.user.is_staff or (membership is not None and membership.is_host),
        "cohort": cohort,
        "community": cohort.community,
        "course": cohort.course,
        "reader_count": scope.reader_count,
        "is_member": membership is not None,
    }


def charts(weeks):
    """The pictures of these weeks."""

    def series(field, name, as_words=str, scale=float):
        return Series(name, [getattr(week, field) for week in weeks], as_words, scale)

    numbers = [week.number for week in weeks]
    longest = max((week.first_answer for week in weeks if week.first_answer), default=timedelta())
    unit, in_words = next((unit, words) for unit, words, up_to in UNITS if longest <= up_to)
    wait = series("first_answer", _("First answer after"), how_long, lambda time: time / unit)
    return [
        bar_chart(
            "reading",
            _("Who came to a unit, and who read one"),
            _("people"),
            numbers,
            series("reached", _("Came to it"), people),
            series("read", _("Read it"), people),
        ),
        bar_chart(
            "questions",
            _("Questions"),
            _("questions"),
            numbers,
            series("questions", _("Asked")),
            series("open_questions", _("Open at the end")),
        ),
        bar_chart("first-answers", _("Time to a first answer"), str(in_words), numbers, wait),
        bar_chart(
            "answers",
            _("Prompts and “me too”"),
            _("times"),
            numbers,
            series("answers", _("Answers to prompts")),
            series("me_toos", _("“Me too”")),
        ),
    ]
