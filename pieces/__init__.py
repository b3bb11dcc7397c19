"""Pages kept in memory by everything that they are made of. Nobody clears them: what changed makes another page."""

from .memory import Memory
from .pages import KEPT, Page, kept, new_key
from .rows import Rows, among, stamp

__all__ = ["KEPT", "Memory", "Page", "Rows", "among", "kept", "new_key", "stamp"]
