"""Mail: how a message is put together. What it says is for whoever writes it."""

from .composing import compose

__all__ = ["compose"]
