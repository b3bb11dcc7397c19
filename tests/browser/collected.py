"""Pages of what one keeps and collects, for `test_accessible`."""

from django.urls import reverse
from django.utils import timezone

from community.actions import keep_bookmark, note_bookmark
from resources.actions import ask_to_curate, remove_item
from tests.factories import a_collection, a_resource

WORDS = {"markdown": "Begin *here*.", "html": "<p>Begin <em>here</em>.</p>"}
EXPORTED = {  # what the page for a disk is drawn with
    "title": "For new hosts",
    "by": "Bo Lindqvist",
    "url": "http://localhost/collections/1/",
    "words": WORDS,
    "exported_at": timezone.now(),
    "items": [
        {
            "title": "A field study",
            "url": "http://localhost/c/heron/r/1/",
            "link": "https://example.org/study",
            "place": "Heron cohort",
            "community": "Heron cohort",
            "words": WORDS,
        }
    ],
}


def bookmarked(world, *targets):
    """Let Bo keep these; paths of his pages of them."""
    kept = [keep_bookmark(person=world.bo, target=target) for target in (world.place.unit_place, *targets)]
    note_bookmark(kept[-1], "For the workshop on Friday.")
    return ["/bookmarks/", "/bookmarks/?kind=collection", f"/bookmarks/{kept[-1].pk}/note/"]


def collected(world, *targets):
    """A collection of Bo's with these in it, and one that he is asked to curate; paths of his pages of them."""
    study = a_resource(world.commons, sharer=world.fay, title="A field study")
    mine = a_collection(world.commons, *targets, study, by=world.bo, title="For new hosts", words="Begin *here*.")
    asked = a_collection(None, by=world.fay, title="Drafts")
    for collection, handle, by in ((mine, "al", world.bo), (asked, "bo", world.fay)):
        ask_to_curate(collection=collection, handle=handle, asked_by=by)
    item, gone = mine.items.in_order()[:2]
    remove_item(gone)
    names = [("collections", []), ("community_collections", [world.community.slug]), ("new_collection", [])]
    names += [(name, [mine.pk]) for name in ("edit_collection", "curators")]
    names += [("edit_item", [mine.pk, item.pk]), ("collect", ["resource", study.pk])]
    paths = [reverse(name, args=args) for name, args in names]
    return [*paths, f"{mine.get_absolute_url()}?removed={gone.pk}", asked.get_absolute_url()]


def refused_collection(world):
    """What is sent of a collection after somebody else saved it."""
    mine = world.bo.collections.get()
    form = {"title": "Mine", "words": "Mine", "version": 0, "place": world.commons.pk}
    return [
        ("bo", reverse("edit_collection", args=[mine.pk]), form),
        ("bo", reverse("collection_feed", args=[mine.pk]), {}),
    ]
