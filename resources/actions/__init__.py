"""Putting things on the shelf of a place."""

from .sharing import RemovedHere, share

__all__ = ["RemovedHere", "share"]
