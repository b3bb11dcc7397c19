"""Where courses are written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import CourseForm, NewUnitForm, SectionForm, UnitForm
from ..models import Cohort, Course, Suggestion
from .comparing import sides


@signed_in
@require_safe
def manage(request):
    """Courses and cohorts one looks after."""
    courses = Course.objects.editable_by(request.user).with_counts().by_title()
    if not (request.user.is_staff or courses):
        raise PermissionDenied
    cohorts = Cohort.objects.managed_by(request.user).with_courses().newest_first()
    return render(request, "courses/manage.html", {"courses": courses, "cohorts": cohorts})


@signed_in
@require_http_methods(["GET", "POST"])
def new_course(request):
    if not request.user.is_staff:
        raise PermissionDenied
    posted = request.method == "POST"
    form = CourseForm(request.POST if posted else None)
    if posted and form.is_valid():
        course = actions.create_course(**form.cleaned_data)
        messages.success(request, _("The course is made. Give it a first section."))
        return redirect("manage_course", course.slug)
    context = {"form": form, "title": _("New course"), "submit": _("Create course"), "crumbs": crumbs()}
    return render(request, "courses/manage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def manage_course(request, course):
    """Sections and units of a course, in their order, and the cohorts that take it."""
    course = editable_course(request, course)
    context = {
        "course": course,
        "crumbs": crumbs(),
        "sections": course.sections.in_order().with_units(),
        "section_form": SectionForm(),
        "unit_form": NewUnitForm(course=course),
        "cohorts": course.cohorts.managed_by(request.user).with_courses().newest_first(),
        "may_start_cohorts": request.user.is_staff,
        "open_suggestions": Suggestion.objects.of(course).open().count(),
    }
    return render(request, "courses/manage_course.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_section(request, course):
    course = editable_course(request, course)
    posted = request.method == "POST"
    form = SectionForm(request.POST if posted else None)
    if posted and form.is_valid():
        actions.create_section(course, form.cleaned_data["title"])
        return redirect("manage_course", course.slug)
    context = {"form": form, "title": _("New section"), "submit": _("Add section"), "crumbs": crumbs(course)}
    return render(request, "courses/manage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def new_unit(request, course):
    course = editable_course(request, course)
    posted = request.method == "POST"
    form = NewUnitForm(request.POST if posted else None, course=course)
    if posted and form.is_valid():
        unit = actions.create_unit(author=request.user, **form.cleaned_data)
        return redirect("edit_unit", course.slug, unit.slug)
    context = {"form": form, "title": _("New unit"), "submit": _("Add unit"), "crumbs": crumbs(course)}
    return render(request, "courses/manage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_unit(request, course, unit):
    """Write a unit. When somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    course = editable_course(request, course)
    unit = get_object_or_404(course.units.select_related("course"), slug=unit)
    if request.method == "GET":
        initial = {"title": unit.title, "summary": unit.summary, "source": unit.source, "version": unit.version}
        return unit_form(request, unit, UnitForm(initial=initial))
    form = UnitForm(request.POST)
    if not form.is_valid():
        return unit_form(request, unit, form, status=422)
    try:
        unit = actions.edit_unit(unit=unit, author=request.user, **form.cleaned_data)
    except actions.EditConflict as conflict:
        return unit_conflict(request, conflict, form.cleaned_data)
    alone = unit.version <= form.cleaned_data["version"] + 1
    words = _("Saved as version %(n)s.") if alone else _("Saved as version %(n)s, with what others saved meanwhile.")
    messages.success(request, words % {"n": unit.version})
    return redirect("edit_unit", course.slug, unit.slug)


def unit_conflict(request, conflict, mine):
    """Both texts, and a form with one's own where both changed the same; what else others changed is in it already."""
    unit, merged = conflict.unit, conflict.merged
    source = merged.text(lambda part: part.mine) if merged else mine["source"]
    context = {
        "form": UnitForm(initial=mine | {"source": source, "version": unit.version}),
        "course": unit.course,
        "unit": unit,
        "conflicts": sides(merged),
        "crumbs": crumbs(unit.course, unit),
    }
    return render(request, "courses/unit_conflict.html", context, status=409)


@signed_in
@require_POST
def preview_unit(request, course, unit):
    """The unit as it would be with the text in the form; nothing is saved."""
    course = editable_course(request, course)
    unit = get_object_or_404(course.units.select_related("course"), slug=unit)
    form = UnitForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return render(request, "courses/_unit_preview.html", {"refused": form}, status=422)
        return unit_form(request, unit, form, status=422)
    preview = actions.preview_unit(unit, form.cleaned_data["source"])
    if request.htmx:
        return render(request, "courses/_unit_preview.html", {"preview": preview})
    form = UnitForm(initial=form.cleaned_data)
    return unit_form(request, unit, form, preview=preview)


@signed_in
@require_POST
def move_section(request, course, section_id):
    course = editable_course(request, course)
    actions.move(get_object_or_404(course.sections, pk=section_id), step=asked_step(request))
    return redirect(reverse("manage_course", args=[course.slug]) + f"#section-{section_id}")


@signed_in
@require_POST
def move_unit(request, course, unit):
    course = editable_course(request, course)
    actions.move(get_object_or_404(course.units, slug=unit), step=asked_step(request))
    return redirect(reverse("manage_course", args=[course.slug]) + f"#unit-{unit}")


def editable_course(request, slug):
    """The course, for who may change it: 404 for who can't see it, 403 for who can."""
    course = get_object_or_404(Course.objects.visible_to(request.user), slug=slug)
    if not course.may_be_edited_by(request.user):
        raise PermissionDenied
    return course


def crumbs(course=None, unit=None):
    """The way down to a page about the course, or about one of its units."""
    trail = [(_("Manage"), reverse("manage"))]
    if course:
        trail.append((course.title, reverse("manage_course", args=[course.slug])))
    if unit:
        trail.append((unit.title, reverse("edit_unit", args=[course.slug, unit.slug])))
    return trail


def asked_step(request):
    return -1 if request.POST.get("step") == "-1" else 1


def unit_form(request, unit, form, *, preview=None, status=200):
    context = {
        "form": form,
        "unit": unit,
        "course": unit.course,
        "crumbs": crumbs(unit.course),
        "preview": preview,
        "places": unit.places.visible_to(request.user).select_related("community", "unit"),
    }
    return render(request, "courses/edit_unit.html", context, status=status)
