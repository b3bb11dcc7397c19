"""The conversations of a place as a list that its reader filters and sorts."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url, trigger_client_event

from accounts.views import signed_in
from community.models import Place
from discussions.models import Listing, Post, Thread, earlier_at
from discussions.views import live, rights_of

from ..models import blocks_at
from .talk import THREADS_SHOWN, chosen_ids, listed_of, picked

THREADS_A_PAGE = 40


@signed_in
@require_safe
def threads(request, community, place_id):
    """All conversations of a place, a page at a time."""
    place = visible_place(request, community, place_id)
    blocks = blocks_at(place)
    listing = Listing.asked(request.GET, has_text=place.has_text, has_earlier=place.carried_count > 0)
    visible = Thread.objects.visible_to(request.user).at(place).with_people().knowing_unwanted_by(request.user.pk)
    pages = Paginator(listing.of(visible, request.user, list(blocks)), THREADS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    for thread in page.object_list:
        thread.note_place(place, blocks)
    news = Post.objects.at(place).news_for(request.user)
    news.mark(page)
    earlier = earlier_at(place, request.user, blocks) if listing.is_of_earlier else []
    context = {
        "earlier": earlier,
        "guides": place.community.guide_roles() if earlier else {},
        "may_write": bool(earlier) and place.accepts_words_from(request.user),
        "place": place,
        "community": place.community,
        "listing": listing,
        "page": page,
        "new_count": news.count,
        "up_to": news.last,
        "crumbs": [(place.community.title, place.community.get_absolute_url()), (place.title, place.path)],
    }
    response = listed(render(request, "discussions/threads.html", context), listing, pages.count + len(earlier))
    return replace_url(response, f"{request.path}{listing.query}")


@signed_in
@require_safe
def conversation(request, community, place_id):
    """The list below a text as one chooses it, as a fragment; a plain visit is led to the page."""
    place = visible_place(request, community, place_id)
    listing = Listing.asked(request.GET, has_text=place.has_text, has_earlier=place.carried_count > 0)
    if not request.htmx:
        return redirect(f"{place.path}{listing.query}#conversation")
    visible, blocks = Thread.objects.visible_to(request.user).at(place), blocks_at(place)
    ids = chosen_ids(request, listing, visible, blocks)
    guides, news = place.community.guide_roles(), Post.objects.at(place).news_for(request.user)
    shown = visible.with_ids(ids[:THREADS_SHOWN]).with_people()
    may_write = place.accepts_words_from(request.user)
    shown = shown.with_last_posts(news=news, rights=rights_of(request, guides, may_write=may_write))
    for thread in shown:
        thread.note_place(place, blocks)
    earlier = listed_of(earlier_at(place, request.user, blocks), listing)
    context = {
        "earlier": earlier,
        "place": place,
        "community": place.community,
        "listing": listing,
        "rows": picked(shown, ids[:THREADS_SHOWN]),
        "more_threads": len(ids) > THREADS_SHOWN,
        "guides": guides,
        "may_write": may_write,
    }
    response = render(request, "courses/_conversation_chosen.html", context)
    return replace_url(
        listed(response, listing, len(earlier) if listing.is_of_earlier else len(shown)), f"{place.path}{listing.query}"
    )


@signed_in
@require_safe
def pieces(request, community, place_id):
    """Pieces of an open page that follows what happens; `live.pieces` says which it may ask for. A plain visit is led
    to the page."""
    place = visible_place(request, community, place_id)
    if not request.htmx:
        return redirect(place)
    return render(request, "discussions/_pieces.html", live.pieces(request, place, blocks_at(place)))


def listed(response, listing, count):
    """`response`, which says to who hears the page what the list shows now."""
    found = ngettext("%(n)s conversation", "%(n)s conversations", count) % {"n": count}
    words = _("%(found)s: %(show)s. %(sort)s.")
    said = words % {"found": found, "show": listing.show.label, "sort": listing.sort.label}
    return trigger_client_event(response, "announce", {"value": said})


def visible_place(request, community, place_id):
    places = Place.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(places, pk=place_id, community__slug=community)
