"""Live: telling open pages at once that something happened at their place. See docs/adr/0006."""

from .bell import ring
from .page import PageConsumer

__all__ = ["PageConsumer", "ring"]
