"""What changes in communities and at their places."""

from .auditing import record_act
from .bookmarks import keep_bookmark, note_bookmark, remove_bookmark, restore_bookmark
from .drafts import DRAFTS_AT_MOST, discard_draft, keep_draft
from .files import add_file, add_upload
from .first_page import preview_file
from .images import add_image
from .jobs import JobFailed, job_kind, run_job, run_part, start_job, sweep_jobs
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
    send_invitation,
    trust,
)
from .pictures import as_webp, read_picture
from .quota import QuotaFull
from .reading_files import FileRefused, FileTooLarge, KindNotTaken, PictureBroken
from .roles import LastHost, RoleNotYours, change_role, check_grant, may_grant, roles_to_grant
from .showing import images_for, note_shown, pictures, pictures_of
from .visiting import count_visits, forget_visits, note_visit

__all__ = [
    "DRAFTS_AT_MOST",
    "HOUR_S",
    "FileRefused",
    "FileTooLarge",
    "InvitationNotYours",
    "JobFailed",
    "KindNotTaken",
    "LastHost",
    "PictureBroken",
    "QuotaFull",
    "RoleNotYours",
    "SettingsConflict",
    "TooFast",
    "accept_invitation",
    "add_file",
    "add_image",
    "add_upload",
    "as_webp",
    "change_organisation",
    "change_role",
    "check_grant",
    "count_visits",
    "discard_draft",
    "forget_visits",
    "found_community",
    "images_for",
    "invite",
    "job_kind",
    "join",
    "keep_bookmark",
    "keep_draft",
    "latest_of",
    "may_grant",
    "note_bookmark",
    "note_shown",
    "note_visit",
    "pause_writing",
    "pictures",
    "pictures_of",
    "preview_file",
    "read_picture",
    "record_act",
    "refuse_if_full",
    "remove_bookmark",
    "remove_member",
    "render_at",
    "restore_bookmark",
    "roles_to_grant",
    "run_job",
    "run_part",
    "send_invitation",
    "start_job",
    "sweep_jobs",
    "trust",
]
