"""Pages kept in memory by everything that they are made of. Nobody clears them: what changed makes another page."""

from .memory import Memory
from .pages import KEPT, Page, kept, new_key, reader_in
from .rows import Rows, among, stamp
from .shared import PIECES, Piece, age, is_being_kept, piece

__all__ = [
    "KEPT", "PIECES", "Memory", "Page", "Piece", "Rows", "age", "among", "is_being_kept", "kept", "new_key", "piece",
    "reader_in", "stamp",
]  # fmt: skip
