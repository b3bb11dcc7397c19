"""The shelf: what people share at a place, and why."""

from .address import canonical, fingerprint, short
from .preview import LinkPreview
from .resource import Resource
from .sharing import Sharing

RESOURCES_SHOWN = 8  # on a shelf, where it stands among other things

__all__ = ["RESOURCES_SHOWN", "LinkPreview", "Resource", "Sharing", "canonical", "fingerprint", "short"]
