"""Pages kept in memory by everything that they are made of. Nobody clears them: what changed makes another page."""

from .memory import Memory
from .pages import KEPT, Page, kept, new_key
from .rows import Rows, among, stamp
from .shared import PIECES, age, is_being_kept

__all__ = ["KEPT", "PIECES", "Memory", "Page", "Rows", "age", "among", "is_being_kept", "kept", "new_key", "stamp"]
