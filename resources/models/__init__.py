"""The shelf: what people share at a place, and why."""

from .address import canonical, fingerprint, short
from .choice import Choice
from .preview import LinkPreview
from .resource import Resource
from .sharing import Sharing
from .tag import Tag, Tagging
from .useful import Useful

RESOURCES_SHOWN = 8  # on a shelf, where it stands among other things

__all__ = [
    "RESOURCES_SHOWN",
    "Choice",
    "LinkPreview",
    "Resource",
    "Sharing",
    "Tag",
    "Tagging",
    "Useful",
    "canonical",
    "fingerprint",
    "short",
]
