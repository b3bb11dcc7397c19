"""Communities, who is in them, and the places where they talk. Access is decided here and nowhere else."""

from .audit import AuditEntry, communities_run_by
from .bookmark import KIND_NAMES, Bookmark, Bookmarkable, bookmarkable, with_targets
from .community import Community, Membership, communities_guided_by, communities_of, people_visible_to
from .directory import found_people, show_people, shown_to
from .draft import Draft, Standing
from .file import PlaceFile
from .founding import Openness, may_found
from .image import PlaceImage
from .invitation import Invitation
from .invite_link import InviteLink, InviteLinkUse, domain_of
from .job import Job
from .join_request import JoinRequest
from .move import Move
from .place import Place, is_open, places_visible_to, seen_by
from .presence import note_editing, note_reading, others_editing, others_reading
from .pseudonym import Pseudonym
from .role import POWERS, Beyond, Power, Role, may, rank, role_table, roles_granted_by, roles_with
from .roster import RosterImport, RosterLine
from .rule import Rule
from .together import EditConflict, Together, Version

__all__ = [
    "KIND_NAMES",
    "POWERS",
    "AuditEntry",
    "Beyond",
    "Bookmark",
    "Bookmarkable",
    "Community",
    "Draft",
    "EditConflict",
    "Invitation",
    "InviteLink",
    "InviteLinkUse",
    "Job",
    "JoinRequest",
    "Membership",
    "Move",
    "Openness",
    "Place",
    "PlaceFile",
    "PlaceImage",
    "Power",
    "Pseudonym",
    "Role",
    "RosterImport",
    "RosterLine",
    "Rule",
    "Standing",
    "Together",
    "Version",
    "bookmarkable",
    "communities_guided_by",
    "communities_of",
    "communities_run_by",
    "domain_of",
    "found_people",
    "is_open",
    "may",
    "may_found",
    "note_editing",
    "note_reading",
    "others_editing",
    "others_reading",
    "people_visible_to",
    "places_visible_to",
    "rank",
    "role_table",
    "roles_granted_by",
    "roles_with",
    "seen_by",
    "show_people",
    "shown_to",
    "with_targets",
]
