"""Communities, who is in them, and the places where they talk. Access is decided here and nowhere else."""

from .bookmark import KIND_NAMES, Bookmark, Bookmarkable, bookmarkable, with_targets
from .community import Community, Membership, communities_guided_by, communities_of, people_visible_to
from .draft import Draft, Standing
from .file import PlaceFile
from .image import PlaceImage
from .invitation import Invitation
from .place import Place, places_visible_to, seen_by
from .presence import note_editing, note_reading, others_editing, others_reading
from .rule import Rule
from .together import EditConflict, Together, Version

__all__ = [
    "KIND_NAMES",
    "Bookmark",
    "Bookmarkable",
    "Community",
    "Draft",
    "EditConflict",
    "Invitation",
    "Membership",
    "Place",
    "PlaceFile",
    "PlaceImage",
    "Rule",
    "Standing",
    "Together",
    "Version",
    "bookmarkable",
    "communities_guided_by",
    "communities_of",
    "note_editing",
    "note_reading",
    "others_editing",
    "others_reading",
    "people_visible_to",
    "places_visible_to",
    "seen_by",
    "with_targets",
]
