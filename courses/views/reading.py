"""What is noted about one's own reading, and by what a unit counts as done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import signed_in

from .. import actions
from ..forms import DoneWhenForm, ReadingForm
from ..models import UnitPlace, UnitReading, outline_of
from .authoring import crumbs, editable_course

READINGS_SHOWN = 100


@signed_in
@require_POST
def unit_read(request, community, unit):
    """Note what a page says of its unit, told by itself now and then; answers with nothing, but for the piece that says
    that the unit is done when that just came to be."""
    places = UnitPlace.objects.visible_to(request.user).select_related("unit", "community", "place")
    unit_place = get_object_or_404(places, community__slug=community, unit__slug=unit)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    is_read_now = actions.note_reading(person=request.user, unit_place=unit_place, **form.cleaned_data)
    if not (is_read_now and unit_place.unit.is_done_by_reading):
        return HttpResponse(status=204)
    outline = outline_of(unit_place.community.membership_of(request.user), current=unit_place.unit)
    context = {"community": unit_place.community, "unit": unit_place.unit, "outline": outline}
    return render(request, "courses/_done.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def reading_settings(request):
    """What is noted about one's reading: all of it, and whether it shall be."""
    if request.method == "POST":
        if request.POST.get("count") == "no":
            actions.stop_counting_reading(request.user)
            messages.success(request, _("It is forgotten, and nothing more is noted."))
        else:
            actions.count_reading(request.user)
            messages.success(request, _("Your reading counts again, from now on."))
        return redirect("reading_settings")
    readings = UnitReading.objects.visible_to(request.user).with_units().newest_first()[:READINGS_SHOWN]
    return render(request, "courses/reading_settings.html", {"readings": readings})


@signed_in
@require_http_methods(["GET", "POST"])
def unit_done_when(request, course, unit):
    """Set by what a unit counts as done; a page of its own, so that nobody's unsaved text goes with it."""
    course = editable_course(request, course)
    unit = get_object_or_404(course.units.select_related("course"), slug=unit)
    posted = request.method == "POST"
    form = DoneWhenForm(request.POST if posted else None, instance=unit)
    if posted and form.is_valid():
        actions.set_done_when(unit, form.cleaned_data["done_when"])
        messages.success(request, _("Saved. It holds for what people did before, too."))
        return redirect("edit_unit", course.slug, unit.slug)
    title = _("When is somebody done with it?")
    context = {"form": form, "title": title, "submit": _("Save"), "crumbs": crumbs(course, unit)}
    return render(request, "courses/manage_form.html", context, status=422 if form.errors else 200)
