"""The versions of a unit's text."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..forms import CompareForm, RestoreForm
from ..models import Unit, UnitRevision
from .authoring import editable_course
from .comparing import compared

REVISIONS_A_PAGE = 50


@signed_in
@require_safe
def unit_history(request, course, unit):
    """Every version of a unit, with who wrote it and who suggested it."""
    unit = visible_unit(request, course, unit)
    revisions = unit.revisions.with_people().without_texts().newest_first()
    page = Paginator(revisions, REVISIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/unit_history.html", around(request, unit) | {"page": page})


@signed_in
@require_safe
def unit_revision(request, course, unit, number):
    """One version as it read, with what changed in it."""
    unit = visible_unit(request, course, unit)
    revision = get_object_or_404(unit.revisions.with_people(), number=number)
    suggestions = revision.accepted_suggestions.visible_to(request.user).for_lists()
    before = unit.revisions.below(number).newest_first().first()
    context = {"revision": revision, "before": before, "suggestion": suggestions.first()}
    context |= compared(request, unit, before.source if before else "", revision.source)
    return render(request, "courses/unit_revision.html", around(request, unit) | context)


@signed_in
@require_safe
def compare_unit(request, course, unit):
    """What is different between two versions, `?older=` and `?newer=`."""
    unit = visible_unit(request, course, unit)
    form = CompareForm(request.GET)
    if not form.is_valid():
        return redirect("unit_history", course, unit.slug)
    numbers = sorted(form.cleaned_data[name] for name in ("older", "newer"))
    old, new = (get_object_or_404(unit.revisions.with_people(), number=number) for number in numbers)
    context = {"old": old, "new": new} | compared(request, unit, old.source, new.source)
    return render(request, "courses/unit_compare.html", around(request, unit) | context)


@signed_in
@require_POST
def restore_unit(request, course, unit):
    """Let an earlier version stand again, as a new one."""
    unit = get_object_or_404(editable_course(request, course).units, slug=unit)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Http404
    number = form.cleaned_data["number"]
    note = _("Version %(n)s again") % {"n": number}
    try:
        actions.restore_unit(by=request.user, unit=unit, note=note, **form.cleaned_data)
    except UnitRevision.DoesNotExist:
        raise Http404 from None
    except actions.EditConflict:
        messages.error(request, _("Somebody saved meanwhile, so nothing was changed. Look at it again."))
    else:
        messages.success(request, f"{note}.")
    return redirect("unit_history", course, unit.slug)


def visible_unit(request, course, unit):
    """For who may read it in one of their communities, and for L&D admins."""
    found = Unit.objects.visible_to(request.user).select_related("course")
    return get_object_or_404(found, course__slug=course, slug=unit)


def around(request, unit):
    """`read_at` is where they read it themselves: as one of their communities does; else where it is written."""
    course, places = unit.course, unit.places.visible_to(request.user).select_related("place")
    place = places.first()
    read_at = place.place.path if place else reverse("edit_unit", args=[course.slug, unit.slug])
    return {
        "unit": unit,
        "course": course,
        "read_at": read_at,
        "may_edit": course.may_be_edited_by(request.user),
        "crumbs": [(course.title, course.get_absolute_url()), (unit.title, read_at)],
    }
