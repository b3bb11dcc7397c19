"""The shelf: what people share at a place, and why."""

from .address import canonical, fingerprint, short
from .choice import Choice
from .collection import Collection
from .curator import Curator
from .feed_address import FeedAddress
from .item import COLLECTED, CollectionItem
from .laid import collections_for
from .preview import LinkPreview
from .resource import Resource
from .sharing import Sharing, knowing_new
from .tag import Tag, Tagging
from .useful import Useful

RESOURCES_SHOWN = 8  # on a shelf, where it stands among other things

__all__ = [
    "COLLECTED",
    "RESOURCES_SHOWN",
    "Choice",
    "Collection",
    "CollectionItem",
    "Curator",
    "FeedAddress",
    "LinkPreview",
    "Resource",
    "Sharing",
    "Tag",
    "Tagging",
    "Useful",
    "canonical",
    "collections_for",
    "fingerprint",
    "knowing_new",
    "short",
]
