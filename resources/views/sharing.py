"""Sharing, wherever its form stands: on a page of a place, or on one of its own."""

from datetime import timedelta
from itertools import groupby

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views import signed_in
from community.actions import FileRefused, TooFast, add_file
from community.forms import why_refused
from community.models import Place

from .. import actions
from ..forms import ShareAnywhereForm, line_of
from ..models import Resource

PLACES_SHOWN = 300
# Opens the form with the page that one is on. Dragged to the browser's bookmarks; it runs in no page of ours.
BOOKMARKLET = (
    "javascript:void(open('{address}?url='+encodeURIComponent(location.href)"
    "+'&title='+encodeURIComponent(document.title)))"
)


@signed_in
@require_http_methods(["GET", "POST"])
def share_anywhere(request):
    """Share something at a place that one chooses; `?url=` and `?title=` fill the form in, and nothing happens before
    it is sent. Says how to keep it as a bookmark."""
    places = Place.objects.visible_to(request.user).with_shelves().by_community(None)
    if request.method == "GET":
        asked = {name: request.GET[name] for name in ("why", "title", "place") if name in request.GET}
        asked["what"] = request.GET.get("url", "")
        asked["title"] = line_of(asked.get("title", ""))[: Resource.TITLE_MAX]
        return anywhere(request, ShareAnywhereForm(places=places, initial=asked), places)
    form = ShareAnywhereForm(request.POST, request.FILES, places=places)
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
    return paced(render(request, "resources/share.html", context, status=status), form)


def shared(request, form, place=None):
    """What the form shared, or None, and the answer's status, which shows the form again; its words are in it."""
    if not form.is_valid():
        return None, 422
    place = place or form.cleaned_data["place"]
    if not place.accepts_words_from(request.user):
        form.add_error(None, _("You can't write here just now. What you filled in is still here."))
        return None, 409
    try:
        file = kept_file(request, form, place)
        return actions.share(sharer=request.user, place=place, file=file, **form.shared()), 200
    except FileRefused as error:
        form.add_error("file", why_refused(error))
        return None, 422
    except TooFast as pause:
        form.add_error(None, too_fast_words(pause))
        form.retry_after_s = pause.retry_after_s
        return None, 429
    except actions.RemovedHere:
        form.add_error(None, _("A facilitator took this off the shelf here. What you filled in is still here."))
        return None, 409


def paced(response, form):
    """`response`, which says when to try again where the form was sent too soon."""
    if form.retry_after_s:
        response["Retry-After"] = str(form.retry_after_s)
    return response


def kept_file(request, form, place):
    """The file that came with a form, kept before anything is said of it; None where none came."""
    upload, key = form.cleaned_data.get("file"), form.cleaned_data["key"]
    return add_file(by=request.user, place=place, upload=upload, key=key) if upload else None


def too_fast_words(pause):
    at = date_format(localtime(timezone.now() + timedelta(seconds=pause.retry_after_s)), "TIME_FORMAT")
    if isinstance(pause, actions.TooNew):
        words = _(
            "New members share up to %(n)s things an hour here. What you filled in is still here; share it at %(at)s."
        )
        return words % {"n": actions.NEW_MEMBERS_SHARINGS_AN_HOUR, "at": at}
    return _("That was a lot at once. What you filled in is still here; share it at %(at)s.") % {"at": at}
