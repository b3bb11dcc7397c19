"""Putting things on the shelf of a place."""

from .checking import check_links
from .previewing import ask_preview, make_preview
from .sharing import RemovedHere, share

__all__ = ["RemovedHere", "ask_preview", "check_links", "make_preview", "share"]
