"""Putting things on the shelf of a place."""

from .previewing import ask_preview, make_preview
from .sharing import RemovedHere, share

__all__ = ["RemovedHere", "ask_preview", "make_preview", "share"]
