from .archiving import archive_community, bring_back_community, refuse_in_archive
from .bookmarks import bookmark, bookmark_note, bookmarks, remove_bookmark, restore_bookmark
from .files import add_file, file, file_preview, image
from .founding import find_communities, found_community
from .invite_links import invite_link, invite_links, revoke_invite_link
from .jobs import job
from .organisation import audit_log, organisation, organisation_logo, organisation_style
from .people import (
    PEOPLE_A_PAGE,
    avatar,
    block,
    community_settings,
    decline_invitation,
    invitation,
    people,
    person,
    readers,
    roles_granted,
    trust,
)
from .roles import change_role, roles
from .running import run_community
from .serving import serve_file

__all__ = [
    "PEOPLE_A_PAGE",
    "add_file",
    "archive_community",
    "audit_log",
    "avatar",
    "block",
    "bookmark",
    "bookmark_note",
    "bookmarks",
    "bring_back_community",
    "change_role",
    "community_settings",
    "decline_invitation",
    "file",
    "file_preview",
    "find_communities",
    "found_community",
    "image",
    "invitation",
    "invite_link",
    "invite_links",
    "job",
    "organisation",
    "organisation_logo",
    "organisation_style",
    "people",
    "person",
    "readers",
    "refuse_in_archive",
    "remove_bookmark",
    "restore_bookmark",
    "revoke_invite_link",
    "roles",
    "roles_granted",
    "run_community",
    "serve_file",
    "trust",
]
