"""A resource with why people shared it, and with its talk."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from discussions.forms import ThreadForm
from discussions.models import Post
from discussions.views import led_elsewhere, pause_at, rights_of
from notifications.models import Event, Hearing
from notifications.views import saw
from resources.models import Sharing
from resources.views import crumbs, visible_resource

from ..models import marks_on
from .talk import talk_at


@signed_in
@require_safe
def resource(request, community, resource_id):
    """What somebody shared, as the people of its place see it; `talk_at` says what its address may ask for."""
    resource = visible_resource(request, community, resource_id)
    place, community = resource.talk, resource.place.community
    if elsewhere := led_elsewhere(request, place):
        return elsewhere
    saw(request, Sharing.objects.of(resource))
    guides, news = community.guide_roles(), Post.objects.at(place).news_for(request.user)
    place.community, place.seq = community, Event.objects.newest_at(place)
    may_write = resource.place.accepts_words_from(request.user)
    talk = talk_at(request, place, {}, news, rights_of(request, guides, may_write=may_write))
    sharings = resource.reasons_for(request.user, guides)
    shared = any(row.sharer_id == request.user.pk and row.removed_at is None for row in sharings)
    context = {
        "resource": resource,
        "sharings": sharings,
        "is_shown": resource.removed_at is None and any(sharing.removed_at is None for sharing in sharings),
        "is_unwanted": not sharings and resource.stands,
        **marks_on(resource, request.user),
        "may": resource.rights(request.user, guides=guides, may_write=may_write, shared=shared),
        "place": place,
        "hearing": Hearing.of(place, request.user.pk, row=resource),
        "community": community,
        "crumbs": crumbs(resource.place),
        "listing": talk.listing,
        "rows": talk.rows,
        "more_threads": talk.is_cut,
        "post_count": talk.post_count,
        "new_count": news.count,
        "up_to": max([news.last, *(thread.new_up_to for thread in talk.rows)]),
        "thread_form": ThreadForm(place=place),
        "guides": guides,
        "may_write": may_write,
        "thing": resource,
        "pause": None if may_write else pause_at(place, request.user),
    }
    return render(request, "courses/resource.html", context)
