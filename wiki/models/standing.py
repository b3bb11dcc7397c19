"""Where the drafts of pages stand. Their slots are `wiki:<page>:<the version it goes on from>`, so that what was begun
before somebody saved is not taken for a change of what they wrote, and `wiki-page:<place>` for a new one."""

import re

from django.urls import reverse

from community.models import Place, Standing

from .page import WikiPage

SLOT = re.compile(r"wiki:(?P<page>\d{1,18}):(?P<version>\d{1,9})|wiki-page:(?P<place>\d{1,18})", re.ASCII)


def standings(user, slots):
    """Slot → Standing, for those of `slots` whose page or place `user` may see. Two queries, however many slots."""
    found = {slot: match for slot in slots if (match := SLOT.fullmatch(slot))}
    page_ids = {int(match["page"]) for match in found.values() if match["page"]}
    place_ids = {int(match["place"]) for match in found.values() if match["place"]}
    visible = WikiPage.objects.visible_to(user).select_related("community", "place").without_texts()
    pages = visible.in_bulk(page_ids) if page_ids else {}
    places = Place.objects.visible_to(user).select_related("community").in_bulk(place_ids) if place_ids else {}
    stand = {}
    for slot, match in found.items():
        if match["page"] and (page := pages.get(int(match["page"]))):
            path = reverse("edit_wiki_page", args=[page.community.slug, page.slug])
            stand[slot] = Standing(page.title, page.place.title, f"{path}?version={match['version']}")
        elif match["place"] and (place := places.get(int(match["place"]))):
            stand[slot] = Standing("", place.title, reverse("new_wiki_page", args=[place.community.slug, place.pk]))
    return stand
