"""Sharing, wherever its form stands: on a page of a place, or on one of its own."""

from itertools import groupby

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import Place

from .. import actions
from ..forms import ShareAnywhereForm

PLACES_SHOWN = 300
# Opens the form with the page that one is on. Dragged to the browser's bookmarks; it runs in no page of ours.
BOOKMARKLET = (
    "javascript:void(open('{address}?what='+encodeURIComponent(location.href)"
    "+'&title='+encodeURIComponent(document.title)))"
)


@signed_in
@require_http_methods(["GET", "POST"])
def share_anywhere(request):
    """Share something at a place that one chooses; `?what=` and `?title=` fill the form in, and nothing happens before
    it is sent. Says how to keep it as a bookmark."""
    places = Place.objects.visible_to(request.user).with_shelves().by_community(None)
    if request.method == "GET":
        asked = {name: request.GET[name] for name in ("what", "why", "title", "place") if name in request.GET}
        return anywhere(request, ShareAnywhereForm(places=places, initial=asked), places)
    form = ShareAnywhereForm(request.POST, places=places)
    sharing, status = shared(request, form)
    if sharing is None:
        return anywhere(request, form, places, status=status)
    return HttpResponseRedirect(sharing.get_absolute_url())


def anywhere(request, form, places, *, status=200):
    chosen = str(form["place"].value() or "")
    groups = groupby(places[:PLACES_SHOWN], key=lambda place: place.community)
    context = {
        "form": form,
        "chosen": int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None,
        "trouble": next(iter(form.errors.get("place", [])), ""),
        "here": None,
        "groups": [(community, list(places)) for community, places in groups],
        "bookmarklet": BOOKMARKLET.format(address=request.build_absolute_uri(request.path)),
    }
    return render(request, "resources/share.html", context, status=status)


def shared(request, form, place=None):
    """What the form shared, or None, and the status of the answer that shows the form again; its words are in it."""
    if not form.is_valid():
        return None, 422
    place = place or form.cleaned_data["place"]
    if not place.accepts_words_from(request.user):
        form.add_error(None, _("Your writing here is paused. What you filled in is still here."))
        return None, 409
    try:
        return actions.share(sharer=request.user, place=place, **form.shared()), 200
    except actions.RemovedHere:
        form.add_error(None, _("A facilitator took this off the shelf here. What you filled in is still here."))
        return None, 409
