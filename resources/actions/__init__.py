"""Putting things on the shelf of a place, and into collections."""

from .changing import NotTheirs, edit, remove_resource, remove_sharing, restore_resource, restore_sharing
from .checking import check_links
from .collecting import (
    AlreadyIn,
    TooMany,
    add_item,
    edit_collection,
    edit_item,
    make_collection,
    remove_collection,
    restore_collection,
    words_in,
)
from .curating import Nobody, accept_curating, ask_to_curate, leave_curating
from .feeding import end_feed, renew_feed
from .finding import drop_tag, find_useful, rename_tag, take_useful_back
from .ordering import move_item, remove_item, restore_item
from .pacing import NEW_MEMBERS_SHARINGS_AN_HOUR, TooNew
from .previewing import ask_preview, make_preview
from .sharing import RemovedHere, share

__all__ = [
    "NEW_MEMBERS_SHARINGS_AN_HOUR",
    "AlreadyIn",
    "Nobody",
    "NotTheirs",
    "RemovedHere",
    "TooMany",
    "TooNew",
    "accept_curating",
    "add_item",
    "ask_preview",
    "ask_to_curate",
    "check_links",
    "drop_tag",
    "edit",
    "edit_collection",
    "edit_item",
    "end_feed",
    "find_useful",
    "leave_curating",
    "make_collection",
    "make_preview",
    "move_item",
    "remove_collection",
    "remove_item",
    "remove_resource",
    "remove_sharing",
    "rename_tag",
    "renew_feed",
    "restore_collection",
    "restore_item",
    "restore_resource",
    "restore_sharing",
    "share",
    "take_useful_back",
    "words_in",
]
