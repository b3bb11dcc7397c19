"""The shelf of a place: all that was shared there, and a form to share more."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from accounts.views import signed_in

from .. import actions
from ..forms import ShareForm
from ..models import Sharing
from .found import crumbs, visible_place

RESOURCES_A_PAGE = 40


@signed_in
@require_http_methods(["GET", "POST"])
def shelf(request, community, place_id):
    """Everything that was shared at a place; share something there."""
    place = visible_place(request, community, place_id)
    if request.method == "GET":
        return whole_shelf(request, place, ShareForm())
    form = ShareForm(request.POST)
    if not form.is_valid():
        return refused(request, place, form)
    if not place.accepts_words_from(request.user):
        form.add_error(None, _("Your writing here is paused. What you filled in is still here."))
        return refused(request, place, form, status=409)
    try:
        sharing = actions.share(sharer=request.user, place=place, **form.shared())
    except actions.RemovedHere:
        form.add_error(None, _("A facilitator took this off the shelf here. What you filled in is still here."))
        return refused(request, place, form, status=409)
    return HttpResponseRedirect(sharing.get_absolute_url()) if not request.htmx else on_the_shelf(request, sharing)


def on_the_shelf(request, sharing):
    """The answer in place: a fresh form, and the row on top of the shelf; what was there already comes up again."""
    place, resource = sharing.resource.place, sharing.resource
    row = Sharing.objects.leading_for(request.user).of(resource).first() or sharing
    context = {"sharing": row, "place": place, "community": place.community, "form": ShareForm()}
    response = render(request, "resources/_shared.html", context)
    return trigger_client_event(response, "announce", {"value": _("Shared.")})


def whole_shelf(request, place, form, *, status=200):
    page = Paginator(Sharing.objects.shelf_of(place, request.user), RESOURCES_A_PAGE).get_page(request.GET.get("page"))
    context = {"place": place, "community": place.community, "page": page, "form": form, "crumbs": crumbs(place)}
    return render(request, "resources/shelf.html", context, status=status)


def refused(request, place, form, *, status=422):
    if not request.htmx:
        return whole_shelf(request, place, form, status=status)
    context = {"place": place, "community": place.community, "form": form}
    return render(request, "resources/_share_form.html", context, status=status)
