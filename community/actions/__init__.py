"""What changes in communities and at their places."""

from .archiving import archive, bring_back
from .auditing import record_act
from .bookmarks import keep_bookmark, note_bookmark, remove_bookmark, restore_bookmark
from .drafts import DRAFTS_AT_MOST, discard_draft, keep_draft
from .files import add_file, add_upload
from .first_page import preview_file
from .founding import FoundedTooMany, MayNotFound, found
from .images import add_image
from .invitations import decline_invitation, remind, withdraw_invitation
from .invite_links import LinkNotForYou, LinkOver, WasRemoved, make_link, revoke_link, use_link, works
from .jobs import JobFailed, job_kind, run_job, run_part, start_job, sweep_jobs
from .joining import (
    AskedLately,
    Decided,
    NotOpen,
    admit,
    decline,
    enter,
    request_to_join,
    withdraw_request,
)
from .leaving import NotAnHeir, end_stand_in, keep_hosted, leave, take_stand_in
from .organisation import SettingsConflict, change_organisation
from .pacing import HOUR_S, TooFast, latest_of, refuse_if_full
from .people import (
    InvitationNotYours,
    accept_invitation,
    found_community,
    invite,
    join,
    pause_writing,
    remove_member,
    render_at,
    trust,
)
from .pictures import as_webp, read_picture
from .quota import QuotaFull
from .reading_files import FileRefused, FileTooLarge, KindNotTaken, PictureBroken
from .roles import LastHost, RoleNotYours, change_role, check_grant, may_grant, roles_to_grant
from .rosters import (
    NobodyInIt,
    NotText,
    Reading,
    TooManyLines,
    apply_roster,
    bring_roster,
    discard_roster,
    export_roster,
    forget_rosters,
    read_roster,
)
from .settings import change_settings
from .sheets import sheet
from .showing import images_for, note_shown, pictures, pictures_of
from .visiting import count_visits, forget_greeted, forget_visits, note_greeted, note_visit

__all__ = [
    "DRAFTS_AT_MOST",
    "HOUR_S",
    "AskedLately",
    "Decided",
    "FileRefused",
    "FileTooLarge",
    "FoundedTooMany",
    "InvitationNotYours",
    "JobFailed",
    "KindNotTaken",
    "LastHost",
    "LinkNotForYou",
    "LinkOver",
    "MayNotFound",
    "NobodyInIt",
    "NotAnHeir",
    "NotOpen",
    "NotText",
    "PictureBroken",
    "QuotaFull",
    "Reading",
    "RoleNotYours",
    "SettingsConflict",
    "TooFast",
    "TooManyLines",
    "WasRemoved",
    "accept_invitation",
    "add_file",
    "add_image",
    "add_upload",
    "admit",
    "apply_roster",
    "archive",
    "as_webp",
    "bring_back",
    "bring_roster",
    "change_organisation",
    "change_role",
    "change_settings",
    "check_grant",
    "count_visits",
    "decline",
    "decline_invitation",
    "discard_draft",
    "discard_roster",
    "end_stand_in",
    "enter",
    "export_roster",
    "forget_greeted",
    "forget_rosters",
    "forget_visits",
    "found",
    "found_community",
    "images_for",
    "invite",
    "job_kind",
    "join",
    "keep_bookmark",
    "keep_draft",
    "keep_hosted",
    "latest_of",
    "leave",
    "make_link",
    "may_grant",
    "note_bookmark",
    "note_greeted",
    "note_shown",
    "note_visit",
    "pause_writing",
    "pictures",
    "pictures_of",
    "preview_file",
    "read_picture",
    "read_roster",
    "record_act",
    "refuse_if_full",
    "remind",
    "remove_bookmark",
    "remove_member",
    "render_at",
    "request_to_join",
    "restore_bookmark",
    "revoke_link",
    "roles_to_grant",
    "run_job",
    "run_part",
    "sheet",
    "start_job",
    "sweep_jobs",
    "take_stand_in",
    "trust",
    "use_link",
    "withdraw_invitation",
    "withdraw_request",
    "works",
]
