"""The dates of a cohort, for those who run it: all of them, a plan for others, one moved; and its welcome."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import DateForm, PlanForm, WelcomeForm
from ..models import Cohort, plan_of
from .authoring import crumbs
from .cohorts import managed_cohort


@signed_in
@require_safe
def cohort_schedule(request, community):
    """What comes when, for its guides; and forms to change that, for those who run it."""
    known = Cohort.objects.seen_by_guides(request.user).with_courses()
    cohort = get_object_or_404(known, community__slug=community)
    return dates_page(request, cohort, PlanForm(cohort=cohort))


@signed_in
@require_POST
def replan_cohort(request, community):
    """Other days for all that has not come: first shown, and made so when the form says that it was seen."""
    cohort = running(request, community)
    form = PlanForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return dates_page(request, cohort, form, status=422)
    words, plan = form.cleaned_data, None
    if words["seen"]:
        try:
            shift = actions.replan(
                by=request.user,
                cohort=cohort,
                terms=form.terms,
                **{name: words[name] for name in ("shift_days", "seen", "key", "tells")},
            )
        except actions.PlanChanged as changed:
            plan = changed.plan
        else:
            messages.success(request, said(shift, words["tells"]))
            return redirect("cohort_schedule", community)
    has_changed, plan = plan is not None, plan or plan_of(cohort, terms=form.terms, shift_days=words["shift_days"])
    form.data = {**request.POST.dict(), "seen": plan.fingerprint}
    return plan_page(request, cohort, form, plan, has_changed=has_changed)


def said(shift, tells):
    if shift is None:
        return _("Saved. No date is another by it.")
    words = ngettext("%(n)s date is another now.", "%(n)s dates are others now.", shift.count) % {"n": shift.count}
    return f"{words} {_('Everybody hears of it.')}" if tells else words


@signed_in
@require_http_methods(["GET", "POST"])
def move_date(request, community, date_id):
    """One date to another day or time."""
    cohort = running(request, community)
    date = get_object_or_404(cohort.dates.with_things(), pk=date_id)
    posted = request.method == "POST"
    form = DateForm(request.POST if posted else None, initial={"day": date.day, "at": date.time})
    if posted and form.is_valid():
        try:
            shift = actions.move_date(by=request.user, date=date, **form.cleaned_data)
        except actions.HasCome:
            form.add_error(None, _("It has come by now, so it can't be moved any more."))
        else:
            messages.success(request, said(shift, form.cleaned_data["tells"]))
            return redirect("cohort_schedule", community)
    context = page_of(cohort) | {"form": form, "date": date}
    return render(request, "courses/move_date.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def cohort_welcome(request, community):
    """What members read first. When somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    cohort = managed_cohort(request, community)
    form = WelcomeForm(request.POST) if request.method == "POST" else WelcomeForm.of(cohort)
    context = page_of(cohort) | {"form": form, "tab": "welcome"}
    if request.method == "GET" or not form.is_valid():
        return render(request, "courses/cohort_welcome.html", context, status=422 if form.errors else 200)
    try:
        actions.write_welcome(by=request.user, cohort=cohort, **form.cleaned_data)
    except actions.WelcomeConflict as conflict:
        form.data = {**request.POST.dict(), "version": conflict.welcome.version}
        return render(request, "courses/cohort_welcome.html", context | {"theirs": conflict.welcome}, status=409)
    messages.success(request, _("Saved. Members read it on top of the community's page."))
    return redirect("cohort_welcome", community)


def running(request, community):
    """The cohort, if it goes by dates now; else 403."""
    cohort = managed_cohort(request, community)
    if not cohort.has_dates:
        raise PermissionDenied
    return cohort


def page_of(cohort):
    """What each of these pages says of its cohort."""
    schedule = (_("Schedule"), reverse("cohort_schedule", args=[cohort.community.slug]))
    people = (cohort.community.title, cohort.get_absolute_url())
    return {
        "cohort": cohort,
        "community": cohort.community,
        "course": cohort.course,
        "crumbs": [*crumbs(cohort.course), people, schedule],
        "zone": cohort.time_zone,
        "tab": "schedule",
    }


def dates_page(request, cohort, form, *, status=200):
    dates = list(cohort.dates.shown().with_things().in_order())
    runs_it = Cohort.objects.managed_by(request.user).numbered(cohort.pk).exists()
    context = page_of(cohort) | {
        "crumbs": page_of(cohort)["crumbs"][: -1 if runs_it else -2],
        "runs_it": runs_it,
        "may_move": runs_it and cohort.has_dates,
        "form": form,
        "dates": dates,
        "new_count": sum(change.date.pk is None for change in plan_of(cohort).changes) if cohort.has_dates else 0,
    }
    return render(request, "courses/cohort_schedule.html", context, status=status)


def plan_page(request, cohort, form, plan, *, has_changed):
    context = page_of(cohort) | {
        "form": form,
        "plan": plan,
        "has_changed": has_changed,
        "ends_on": plan.ends_on(cohort),
        "tells": form.cleaned_data["tells"],
        "told_count": cohort.community.memberships.current().but_for(request.user).count(),
    }
    return render(request, "courses/cohort_plan.html", context, status=409 if has_changed else 200)
