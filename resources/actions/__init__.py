"""Putting things on the shelf of a place."""

from .changing import (
    NotTheirs,
    edit,
    remove_resource,
    remove_sharing,
    restore_resource,
    restore_sharing,
)
from .checking import check_links
from .finding import drop_tag, find_useful, rename_tag, take_useful_back
from .pacing import NEW_MEMBERS_SHARINGS_AN_HOUR, TooNew
from .previewing import ask_preview, make_preview
from .sharing import RemovedHere, share

__all__ = [
    "NEW_MEMBERS_SHARINGS_AN_HOUR",
    "NotTheirs",
    "RemovedHere",
    "TooNew",
    "ask_preview",
    "check_links",
    "drop_tag",
    "edit",
    "find_useful",
    "make_preview",
    "remove_resource",
    "remove_sharing",
    "rename_tag",
    "restore_resource",
    "restore_sharing",
    "share",
    "take_useful_back",
]
