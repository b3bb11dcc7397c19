"""Resources and wiki pages for those who come next: putting one forward, and reading those of earlier cohorts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in
from discussions.actions import NotTheirs, StaysBehind
from discussions.views import crumbs
from resources.models import Resource
from wiki.models import WikiPage

from .. import actions
from ..models import CarriedThing, with_words

KINDS = {model.bookmark_kind: model for model in (Resource, WikiPage)}


@signed_in
@require_POST
def forward(request, community, kind, thing_id):
    """Put a resource or a wiki page forward for later cohorts, or take that back."""
    if kind not in KINDS:
        raise Http404
    things = KINDS[kind].objects.visible_to(request.user).select_related("place__community")
    thing = get_object_or_404(things, pk=thing_id, place__community__slug=community)
    if not thing.place.takes_part(request.user):
        raise PermissionDenied
    if request.POST.get("nominated") == "no":
        actions.take_back_thing_nomination(by=request.user, thing=thing)
        return redirect(thing)
    try:
        actions.nominate_thing(by=request.user, thing=thing)
    except StaysBehind:
        messages.warning(request, _("Only what is there, in the cohort of a course, can go to a later one."))
    else:
        messages.success(request, _("Put forward. Those who wrote it are asked, and facilitators decide."))
    return redirect(thing)


@signed_in
@require_safe
def earlier_page(request, community, carried_id):
    """What may be read of a wiki page of an earlier cohort."""
    rows = CarriedThing.objects.visible_to(request.user).for_reading()
    row = get_object_or_404(rows.pages(), pk=carried_id, place__community__slug=community)
    if not with_words([row], request.user):
        raise Http404
    context = {
        "carried": row,
        "place": row.place,
        "community": row.place.community,
        "crumbs": crumbs(row.place),
        "guides": row.place.community.guide_roles(),
    }
    return render(request, "courses/earlier_page.html", context)


@signed_in
@require_POST
def take_back_thing(request, community, carried_id):
    """Show a thing no longer to those it was carried to; for guides of either."""
    row = get_object_or_404(CarriedThing.objects.at_either_end(community, request.user), pk=carried_id)
    try:
        actions.take_back_carried_thing(by=request.user, carried=row)
    except NotTheirs:
        raise PermissionDenied from None
    messages.success(request, _("Taken back. It stands where it always stood, and nowhere else."))
    return redirect(row.place if row.place.community.slug == community else reverse("carrying", args=[community]))
