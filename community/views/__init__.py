from .bookmarks import bookmark, bookmark_note, bookmarks, remove_bookmark, restore_bookmark
from .people import avatar, block, community_settings, invitation, people, person, readers, trust
from .serving import FILE_POLICY, serve_file

__all__ = [
    "FILE_POLICY",
    "avatar",
    "block",
    "bookmark",
    "bookmark_note",
    "bookmarks",
    "community_settings",
    "invitation",
    "people",
    "person",
    "readers",
    "remove_bookmark",
    "restore_bookmark",
    "serve_file",
    "trust",
]
