"""Collections that a unit shows."""

from dataclasses import dataclass, field

from community.models import with_targets
from markup import collections_in

from .collection import Collection
from .item import CollectionItem

LOOKED_AT = 40  # items of each, of which a reader sees those whose things they see
SHOWN = 20


@dataclass
class Laid:
    """A collection as one reader finds it in a text; `is_cut` where it has more than is shown."""

    collection: Collection
    items: list[CollectionItem] = field(default_factory=list)
    is_cut: bool = False


def collections_for(user, html):
    """Number → Laid, for the collections that a stored text has a place for and that `user` sees something in. No query
    where there is none; else one, and one for each kind of thing in them."""
    ids = collections_in(html)
    if not ids:
        return {}
    rows = CollectionItem.objects.standing().of_collections(Collection.objects.visible_to(user).with_ids(ids))
    by_collection: dict[int, list[CollectionItem]] = {}
    for item in rows.with_collections().in_order():
        by_collection.setdefault(item.collection_id, []).append(item)
    looked_at = [item for items in by_collection.values() for item in items[:LOOKED_AT]]
    laid: dict[int, Laid] = {}
    for item in with_targets(looked_at, user):
        here = laid.setdefault(item.collection_id, Laid(item.collection))
        here.items.append(item)
    for pk, here in laid.items():
        here.is_cut = len(here.items) > SHOWN or len(by_collection[pk]) > LOOKED_AT
        del here.items[SHOWN:]
    return laid
