"""Pages of what one keeps and collects, for `test_accessible`."""

from community.actions import keep_bookmark, note_bookmark


def bookmarked(world, *targets):
    """Let Bo keep these; paths of his pages of them."""
    kept = [keep_bookmark(person=world.bo, target=target) for target in (world.place.unit_place, *targets)]
    note_bookmark(kept[-1], "For the workshop on Friday.")
    return ["/bookmarks/", "/bookmarks/?kind=collection", f"/bookmarks/{kept[-1].pk}/note/"]
