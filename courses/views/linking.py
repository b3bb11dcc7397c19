"""What words written in a community can link to by name."""

import re

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views import signed_in
from community.models import Community
from resources.models import Resource
from wiki.models import Names, WikiPage

from ..models import UnitPlace

NAMES_SHOWN = 8
PART_MAX = 60


@signed_in
@require_safe
def linkable(request, community):
    """Units, wiki pages and what was shared in the community with `q` in their title, each with the link to insert."""
    community = get_object_or_404(Community.objects.visible_to(request.user), slug=community)
    part = request.GET.get("q", "").strip()[:PART_MAX]
    if not part or "\0" in part:
        return JsonResponse({"found": []})
    units = UnitPlace.objects.visible_to(request.user).of(community).titled(part)[:NAMES_SHOWN]
    pages = WikiPage.objects.visible_to(request.user).of(community).titled(part).by_title().without_texts()
    found = [as_link(unit.place.title, unit.place.path, _("Unit")) for unit in units]
    found += titled(request.user, community, pages[: NAMES_SHOWN - len(found)])
    shared = Resource.objects.visible_to(request.user).shared_in(community).wanted_by(request.user).titled(part)
    shared = shared.newest_first().select_related("talk")
    found += [
        as_link(r.name, r.url or r.talk.path, r.site or r.get_kind_display())
        for r in shared[: NAMES_SHOWN - len(found)]
    ]
    return JsonResponse({"found": found})


def titled(user, community, pages):
    """Pages as links by their title; by their address where the title means another page, or can't stand in a link."""
    pages = list(pages)
    names = Names.titled(user, community, [page.title for page in pages])
    for page in pages:
        means = names.mean(page, page.title, None)
        if set(page.title) & set("[]|\\`&"):
            yield as_link(page.title, names.path_of(page), _("Wiki page"))
        else:
            insert = f"[[{page.title}]]" if means else f"[[{page.slug}|{page.title}]]"
            yield {"text": page.title, "hint": _("Wiki page"), "insert": insert}


def as_link(title, path, kind):
    words = re.sub(r"([\\\[\]])", r"\\\1", title)
    path = path.replace("(", "%28").replace(")", "%29")
    return {"text": title, "hint": str(kind), "insert": f"[{words}]({path})"}
