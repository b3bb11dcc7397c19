"""A course's schedule: what opens and what is asked in which of its weeks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import OpeningsForm, StepForm
from ..forms.schedule import MORNING
from .authoring import crumbs, editable_course


@signed_in
@require_http_methods(["GET", "POST"])
def course_schedule(request, course):
    """When its units open, and its prompts and topics. `?fill=` proposes days for all units; nothing is saved by it."""
    course = editable_course(request, course)
    units = list(course.units.in_course_order().without_texts())
    openings = {s.unit_id: (s.week, s.weekday, s.time) for s in course.steps.of_units().standing()}
    if request.method == "GET":
        filled = proposed(units, request.GET.get("fill"))
        return schedule_page(request, course, OpeningsForm(units=units, openings=openings, filled=filled))
    form = OpeningsForm(request.POST, units=units, openings=openings)
    if not form.is_valid():
        return schedule_page(request, course, form, status=422)
    actions.time_units(course, form.times)
    messages.success(request, _("Saved. Cohorts that start from now on follow it; the others keep their dates."))
    return redirect("course_schedule", course.slug)


def proposed(units, how):
    """A week for each section, or for each unit, from Monday morning on; None for no proposal."""
    if how == "sections":
        sections = list(dict.fromkeys(unit.section_id for unit in units))
        return {unit.pk: (sections.index(unit.section_id) + 1, 0, MORNING) for unit in units}
    if how == "units":
        return {unit.pk: (number, 0, MORNING) for number, unit in enumerate(units, start=1)}
    return None


def schedule_page(request, course, form, *, status=200):
    asking = list(course.steps.asking().with_units().in_order())
    context = {
        "course": course,
        "crumbs": crumbs(course),
        "form": form,
        "asking": [step for step in asking if not step.removed_at],
        "removed": [step for step in asking if step.removed_at],
    }
    return render(request, "courses/course_schedule.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def new_step(request, course):
    """Add a prompt or a topic."""
    course = editable_course(request, course)
    posted = request.method == "POST"
    form = StepForm(request.POST if posted else None, course=course)
    if posted and form.is_valid():
        actions.add_step(course=course, key=form.cleaned_data["key"], **form.words)
        messages.success(request, _("It is in the schedule. Cohorts that start from now on are asked it."))
        return redirect("course_schedule", course.slug)
    return step_page(request, course, form, title=_("Ask something in a week"))


@signed_in
@require_http_methods(["GET", "POST"])
def edit_step(request, course, step_id):
    course = editable_course(request, course)
    step = asking_step(course, step_id)
    posted = request.method == "POST"
    form = StepForm(request.POST if posted else None, course=course, instance=step, initial={"version": step.version})
    if not (posted and form.is_valid()):
        return step_page(request, course, form, step=step, title=step.title)
    try:
        actions.change_step(step=asking_step(course, step_id), version=form.cleaned_data["version"], **form.words)
    except actions.StepConflict as conflict:
        form.data = {**request.POST.dict(), "version": conflict.step.version}
        title = _("Somebody saved while you wrote")
        return step_page(request, course, form, step=conflict.step, title=title, status=409)
    messages.success(request, _("Saved. What was asked already stays as it was."))
    return redirect("course_schedule", course.slug)


def step_page(request, course, form, *, title, step=None, status=None):
    context = {
        "course": course,
        "crumbs": [*crumbs(course), (_("Schedule"), reverse("course_schedule", args=[course.slug]))],
        "form": form,
        "title": title,
        "step": step,
        "theirs": step if status else None,
    }
    return render(request, "courses/step.html", context, status=status or (422 if form.errors else 200))


@signed_in
@require_POST
def remove_step(request, course, step_id):
    """Take it out of the schedule; it can be put back."""
    course = editable_course(request, course)
    actions.remove_step(asking_step(course, step_id))
    messages.success(request, _("It is out of the schedule: nobody is asked it. You can put it back."))
    return redirect("course_schedule", course.slug)


@signed_in
@require_POST
def put_step_back(request, course, step_id):
    course = editable_course(request, course)
    actions.put_step_back(asking_step(course, step_id))
    messages.success(request, _("It is in the schedule again."))
    return redirect("course_schedule", course.slug)


def asking_step(course, step_id):
    return get_object_or_404(course.steps.asking(), pk=step_id)
