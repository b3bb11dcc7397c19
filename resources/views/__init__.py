from .changing import edit_resource, remove_resource, remove_sharing, restore_resource, restore_sharing
from .collecting import collect, edit_item, move_item, remove_item, restore_item
from .collections import (
    collection,
    collections,
    community_collections,
    edit_collection,
    new_collection,
    remove_collection,
    restore_collection,
)
from .curating import answer_curating, curators, remove_curator
from .exporting import collection_feed, export_collection, feed
from .found import crumbs, visible_resource
from .preview import preview, preview_picture
from .sharing import paced, share_anywhere, shared
from .shelf import RESOURCES_A_PAGE, community_shelf, shelf
from .tags import community_tags, edit_tag, remove_tag, tags
from .useful import useful

__all__ = [
    "RESOURCES_A_PAGE",
    "answer_curating",
    "collect",
    "collection",
    "collection_feed",
    "collections",
    "community_collections",
    "community_shelf",
    "community_tags",
    "crumbs",
    "curators",
    "edit_collection",
    "edit_item",
    "edit_resource",
    "edit_tag",
    "export_collection",
    "feed",
    "move_item",
    "new_collection",
    "paced",
    "preview",
    "preview_picture",
    "remove_collection",
    "remove_curator",
    "remove_item",
    "remove_resource",
    "remove_sharing",
    "remove_tag",
    "restore_collection",
    "restore_item",
    "restore_resource",
    "restore_sharing",
    "share_anywhere",
    "shared",
    "shelf",
    "tags",
    "useful",
    "visible_resource",
]
