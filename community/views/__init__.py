from .bookmarks import bookmark, bookmark_note, bookmarks, remove_bookmark, restore_bookmark
from .files import add_file, file, file_preview, image
from .jobs import job
from .organisation import audit_log, organisation, organisation_logo, organisation_style
from .people import avatar, block, community_settings, invitation, people, person, readers, trust
from .roles import change_role, roles
from .serving import serve_file

__all__ = [
    "add_file",
    "audit_log",
    "avatar",
    "block",
    "bookmark",
    "bookmark_note",
    "bookmarks",
    "change_role",
    "community_settings",
    "file",
    "file_preview",
    "image",
    "invitation",
    "job",
    "organisation",
    "organisation_logo",
    "organisation_style",
    "people",
    "person",
    "readers",
    "remove_bookmark",
    "restore_bookmark",
    "roles",
    "serve_file",
    "trust",
]
