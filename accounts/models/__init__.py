"""People: who somebody is; and the organisation whose site it is. What they may see is decided in `community`."""

from .colours import ColourTooLight, palette
from .organisation import Look, Organisation, look
from .person import FACE_COLOURS, HiddenPerson, SignIn, User

__all__ = [
    "FACE_COLOURS",
    "ColourTooLight",
    "HiddenPerson",
    "Look",
    "Organisation",
    "SignIn",
    "User",
    "look",
    "palette",
]
