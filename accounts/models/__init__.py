"""People: who somebody is; and the organisation whose site it is. What they may see is decided in `community`."""

from .colours import ColourTooLight, palette
from .organisation import Look, Organisation, look
from .person import FACE_COLOURS, HiddenPerson, SignIn, User
from .profile import Audience, Interest, Profile, shows

__all__ = [
    "FACE_COLOURS",
    "Audience",
    "ColourTooLight",
    "HiddenPerson",
    "Interest",
    "Look",
    "Organisation",
    "Profile",
    "SignIn",
    "User",
    "look",
    "palette",
    "shows",
]
