"""Ways to wiki pages: by title, and by the list of all."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import Community, Place

from ..models import Names, WikiPage

PAGES_A_PAGE = 200
RECENT_SHOWN = 10
AT_MAX = 18  # digits


@signed_in
@require_safe
def titled(request, community):
    """To the page with the title in `?title=`, as a text at the place `?at=` means it; where there is none, or none for
    this reader, to the form that begins it there."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    title = " ".join(request.GET.get("title", "").split())[: WikiPage.TITLE_MAX]
    if not title or "\0" in title:
        return redirect("wiki_index", community.slug)
    place = place_asked(request, community)
    row = Names.titled(request.user, community, [title]).row(title, place.pk)
    if row:
        return redirect("wiki_page", community.slug, row.page.slug)
    new = reverse("new_wiki_page", args=[community.slug, place.pk])
    return redirect(f"{new}?{urlencode({'title': title})}")


def place_asked(request, community):
    """The place in `?at=`, or the community's commons."""
    places, at = Place.objects.visible_to(request.user).in_community(community), request.GET.get("at", "")
    found = places.numbered(int(at)).first() if at.isdecimal() and at.isascii() and len(at) <= AT_MAX else None
    found = found or places.commons().first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def index(request, community):
    """All pages of a community that one may see, place by place, and what was written last."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    pages = WikiPage.objects.visible_to(request.user).of(community).without_texts().with_last_editor()
    shown = Paginator(pages.by_place(), PAGES_A_PAGE).get_page(request.GET.get("page"))
    recent = pages.newest_first()[:RECENT_SHOWN] if shown.number == 1 else []
    commons = community.places.commons().get()
    context = {
        "community": community,
        "place": commons,
        "page": shown,
        "recent": recent,
        "is_guide": community.membership_of(request.user).is_guide,
        "may_write": commons.accepts_words_from(request.user),
        "crumbs": [(community.title, community.get_absolute_url())],
    }
    return render(request, "wiki/index.html", context)
