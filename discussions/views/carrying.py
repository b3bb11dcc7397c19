"""Conversations of earlier cohorts, read where they were carried to; and putting one forward for later ones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..models import CarriedThread, posts_of
from .found import crumbs, visible_thread
from .reading import POSTS_A_PAGE


@signed_in
@require_POST
def nominate(request, community, thread_id):
    """Put a conversation forward for later cohorts, or take that back."""
    thread = visible_thread(request, community, thread_id)
    if not thread.place.takes_part(request.user):
        raise PermissionDenied
    if request.POST.get("nominated") == "no":
        actions.take_back_nomination(by=request.user, thread=thread)
        return redirect(thread)
    try:
        actions.nominate(by=request.user, thread=thread)
    except actions.StaysBehind:
        messages.warning(request, _("Only conversations about a unit can go to a later cohort."))
    else:
        messages.success(request, _("Put forward. Those who wrote in it are asked, and facilitators decide."))
    return redirect(thread)


@signed_in
@require_safe
def carried(request, community, carried_id):
    """All that may be read of a conversation of an earlier cohort, a page at a time."""
    rows = CarriedThread.objects.visible_to(request.user).for_reading(request.user)
    row = get_object_or_404(rows, pk=carried_id, place__community__slug=community)
    posts = posts_of([row.pk], request.user).select_related("author").in_order()
    page = Paginator(posts, POSTS_A_PAGE).get_page(request.GET.get("page"))
    row.take_posts(list(page), of=page.paginator.count)
    if not row.posts:
        raise Http404
    place = row.place
    context = {
        "carried": row,
        "page": page,
        "place": place,
        "community": place.community,
        "crumbs": crumbs(place),
        "may_write": place.accepts_words_from(request.user),
        "guides": place.community.guide_roles(),
    }
    return render(request, "discussions/carried.html", context)


@signed_in
@require_POST
def take_back_carried(request, community, carried_id):
    """Show a conversation no longer to the cohort it was carried to; for guides of either."""
    row = get_object_or_404(CarriedThread.objects.at_either_end(community, request.user), pk=carried_id)
    try:
        actions.take_back_carried(by=request.user, carried=row)
    except actions.NotTheirs:
        raise PermissionDenied from None
    messages.success(request, _("Taken back. It stands where it always stood, and nowhere else."))
    return redirect(row.place if row.place.community.slug == community else reverse("carrying", args=[community]))
