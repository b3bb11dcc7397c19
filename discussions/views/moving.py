"""Taking a conversation to another place; for guides."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.models import Place

from .. import actions
from ..forms import post_id
from .found import crumbs, thread_to_arrange

PLACES_SHOWN = 200


@signed_in
@require_http_methods(["GET", "POST"])
def move_thread(request, community, thread_id):
    """Choose where a conversation goes; `?q=` looks among more places than the list holds."""
    thread = thread_to_arrange(request, community, thread_id)
    if request.method == "GET":
        return move_page(request, thread)
    chosen = post_id(request.POST.get("place", ""))
    place = places_for(request.user).numbered(chosen).select_related("community").first()
    if place is None:
        return move_page(request, thread, _("Choose where it shall go."), status=422)
    try:
        thread = actions.move_thread(by=request.user, thread=thread, place=place)
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.StaysHere as stays:
        return move_page(request, thread, str(stays), status=409)
    messages.success(request, _("It stands in %(place)s now.") % {"place": place.title})
    return redirect(thread)


def came_from(thread, rights, user):
    """The place that somebody may move a thread back to, with one click; None if it never moved."""
    if thread.moved_from_id is None or not rights.may_arrange:
        return None
    return places_for(user).numbered(thread.moved_from_id).first()


def places_for(user):
    return Place.objects.visible_to(user).guided_by(user)


def places_to_choose(request, here, asked=""):
    """Pairs of a community and those of its places that the reader guides, and whether there are more."""
    found = places_for(request.user).named(asked).by_community(here.community_id)
    places = [place for place in found[: PLACES_SHOWN + 2] if place.pk != here.pk]
    groups = groupby(places[:PLACES_SHOWN], key=lambda place: place.community)
    return [(community, list(places)) for community, places in groups], len(places) > PLACES_SHOWN


def move_page(request, thread, trouble="", *, status=200):
    asked, here = request.GET.get("q", "").strip(), thread.place
    groups, is_cut = places_to_choose(request, here, asked)
    context = {
        "thread": thread,
        "place": here,
        "community": here.community,
        "groups": groups,
        "is_cut": is_cut,
        "asked": asked,
        "trouble": trouble,
        "stays": thread.why_it_stays,
        "crumbs": crumbs(here),
    }
    return render(request, "discussions/move_thread.html", context, status=status)
