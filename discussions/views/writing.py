"""What helps with writing at a place: how it will look, and whom one can mention."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from community.actions import images_for, pictures, render_at
from markup import Profile

from ..forms import PreviewForm
from .found import visible_place

NAMES_SHOWN = 8
START_MAX = 30


@signed_in
@require_POST
def preview_post(request, community, place_id):
    """The words as they would stand in a post here; nothing is saved."""
    place = visible_place(request, community, place_id)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return render(request, "discussions/_preview.html", {"form": form, "html": ""}, status=422)
    body = form.cleaned_data["body"]
    images = pictures(images_for(request.user, body))
    rendered, _mentioned = render_at(place, body, Profile.POST, images=images, key="preview")
    return render(request, "discussions/_preview.html", {"form": form, "html": rendered.html})


@signed_in
@require_safe
def mentionable(request, community, place_id):
    """Who can be mentioned here by a handle or a name that begins with `q`: people who can see the place."""
    place = visible_place(request, community, place_id)
    start = request.GET.get("q", "").strip()[:START_MAX]
    people = place.readers_named(start, NAMES_SHOWN, asked_by=request.user) if start and "\0" not in start else []
    found = [{"text": person.name, "hint": f"@{person.handle}", "insert": f"@{person.handle} "} for person in people]
    return JsonResponse({"found": found})
