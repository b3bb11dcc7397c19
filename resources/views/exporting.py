"""A collection to take along: as a page for a disk, as data, and as a feed."""

import re

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts.views import signed_in

from .. import actions
from ..models import Collection, FeedAddress
from .collections import visible_collection, whole_collection

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML can't say
OWN_ADDRESS = re.compile(r'(\s(?:href|src)=")/(?!/)')
NOT_FOR_SHARED_CACHES = "private, no-cache"


def exported(request, collection, person):
    """A collection as `person` sees it, as plain data: docs/collections.md says what each name means."""
    made_by = collection.place.community.title if collection.is_communitys else collection.made_by.name
    return {
        "format": "weft-collection",
        "version": 1,
        "title": collection.title,
        "url": request.build_absolute_uri(collection.get_absolute_url()),
        "by": made_by,
        "words": words_of(request, collection),
        "exported_at": timezone.now(),
        "items": [exported_item(request, item) for item in collection.items.shown_to(person)],
    }


def exported_item(request, item):
    place, target = item.target.place_kept, item.target
    return {
        "kind": item.kind,
        "title": target.bookmark_title,
        "url": request.build_absolute_uri(target.get_absolute_url()),
        "link": getattr(target, "url", ""),
        "place": place.title,
        "community": place.community.title,
        "words": words_of(request, item),
        "added_at": item.added_at,
        "edited_at": item.edited_at,
    }


def words_of(request, row):
    """Words as they were typed and as HTML that stands anywhere: their links lead here, whole."""
    return {"markdown": row.source, "html": OWN_ADDRESS.sub(rf"\1{request.build_absolute_uri('/')}", row.html)}


@signed_in
@require_safe
def export_collection(request, pk, form):
    """A file of all that one sees of a collection: `form` is html or json."""
    if form not in ("html", "json"):
        raise Http404
    collection = visible_collection(request, pk)
    data = exported(request, collection, request.user)
    response: HttpResponse
    if form == "json":
        response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        response = HttpResponse(render_to_string("resources/export/collection.html", data))
    name = slugify(collection.title)[:60] or "collection"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@signed_in
@require_POST
def collection_feed(request, pk):
    """Make the address of one's own feed of a collection, or another one; with `end`, have none. It is shown once."""
    collection = visible_collection(request, pk)
    if "end" in request.POST:
        actions.end_feed(collection=collection, person=request.user)
        return HttpResponseRedirect(f"{collection.get_absolute_url()}#take-along")
    token = actions.renew_feed(collection=collection, person=request.user)
    feed_url = request.build_absolute_uri(reverse("feed", args=[token]))
    response = whole_collection(request, collection, feed_url=feed_url)
    response["Cache-Control"] = "private, no-store"
    return response


class AtomFeed(Feed):
    """What stands in an address's collection, what came last first, as its person sees it now."""

    feed_type = Atom1Feed

    def get_object(self, request, token):
        address = get_object_or_404(FeedAddress.objects.for_token(token))
        seen = Collection.objects.visible_to(address.person).with_people()
        collection = get_object_or_404(seen, pk=address.collection_id)
        return exported(request, collection, address.person)

    def title(self, data):
        return said(data["title"])

    def link(self, data):
        return data["url"]

    feed_url = link  # the address by which it is read is nobody else's, so it is not said

    def author_name(self, data):
        return said(data["by"])

    def subtitle(self, data):
        return said(data["words"]["html"])

    def items(self, data):
        return sorted(data["items"], key=lambda item: item["added_at"], reverse=True)

    def item_title(self, item):
        return said(item["title"])

    def item_description(self, item):
        return said(item["words"]["html"])

    def item_link(self, item):
        return item["url"]

    def item_pubdate(self, item):
        return item["added_at"]

    def item_updateddate(self, item):
        return item["edited_at"]


def said(text):
    """`text` without what XML can't say."""
    return CONTROLS.sub("", str(text))


read_feed = AtomFeed()


@require_safe
def feed(request, token):
    """For feed readers, who are signed in nowhere: who holds the address reads as its person does."""
    response = read_feed(request, token)
    response["Cache-Control"] = NOT_FOR_SHARED_CACHES
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
