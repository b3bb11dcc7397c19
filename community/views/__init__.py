from .bookmarks import bookmark, bookmark_note, bookmarks, remove_bookmark, restore_bookmark
from .files import add_file, file, file_preview, image
from .people import avatar, block, community_settings, invitation, people, person, readers, trust
from .serving import serve_file

__all__ = [
    "add_file",
    "avatar",
    "block",
    "bookmark",
    "bookmark_note",
    "bookmarks",
    "community_settings",
    "file",
    "file_preview",
    "image",
    "invitation",
    "people",
    "person",
    "readers",
    "remove_bookmark",
    "restore_bookmark",
    "serve_file",
    "trust",
]
