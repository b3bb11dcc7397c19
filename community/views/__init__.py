from .people import avatar, block, community_settings, invitation, people, person, readers, trust
from .serving import FILE_POLICY, serve_file

__all__ = [
    "FILE_POLICY",
    "avatar",
    "block",
    "community_settings",
    "invitation",
    "people",
    "person",
    "readers",
    "serve_file",
    "trust",
]
