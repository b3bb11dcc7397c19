"""Communities, who is in them, and the places where they talk. Access is decided here and nowhere else."""

from .community import Community, Membership, people_visible_to
from .image import PlaceImage
from .invitation import Invitation
from .place import Place, seen_by

__all__ = ["Community", "Invitation", "Membership", "Place", "PlaceImage", "people_visible_to", "seen_by"]
