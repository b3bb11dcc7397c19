"""The pages that bring content and community together, and those where courses and cohorts are made."""

from .authoring import (
    edit_unit,
    manage,
    manage_course,
    move_section,
    move_unit,
    new_course,
    new_section,
    new_unit,
    preview_unit,
)
from .authors import authors, dismiss_author
from .carrying import carry, carrying, choose_carrying
from .cohorts import add_people, manage_cohort, remove_person
from .community import communities, community
from .conversations import conversation, pieces, threads
from .copying import copy_cohort
from .course import course, course_file, courses
from .dates import cohort_schedule, cohort_welcome, move_date, replan_cohort
from .deciding import accept_suggestion, change_suggestion, decline_suggestion
from .drafts import discard_draft, drafts, my_drafts, save_draft
from .facilitating import facilitate
from .forwarding import earlier_page, forward, take_back_thing
from .handing_over import hand_over, leave_link, leave_tip, open_hand_over
from .hello import hello, say_hello
from .helping import helpers, offer_help
from .history import compare_unit, restore_unit, unit_history, unit_revision
from .invitations import invitations, remind_invited, withdraw_invitation
from .joining import admit, decline, join_community, join_requests, withdraw_request
from .leaving import leave_community, show_name_again
from .linking import linkable
from .moving import move_to_cohort
from .my_words import my_words
from .own_course import own_course
from .practising import course_practice
from .reading import reading_settings, unit_done_when, unit_read
from .report_sheets import report_sheet
from .reports import cohort_report, course_report, unit_report
from .resource import resource
from .roster import apply_roster, discard_roster, export_roster, read_roster, roster, roster_list
from .schedule import course_schedule, edit_step, new_step, put_step_back, remove_step
from .seasons import season, set_end, turn_season, undo_turn
from .shelving import shelve_post
from .starting import new_cohort, preview_cohort, start_cohort
from .suggesting import edit_suggestion, preview_suggestion, suggest_edit, withdraw_suggestion
from .suggestions import course_suggestions, suggestion, suggestions
from .today import today
from .unit import block_talk, unit, unit_done
from .wiki import wiki_block_talk, wiki_page

__all__ = [
    "accept_suggestion",
    "add_people",
    "admit",
    "apply_roster",
    "authors",
    "block_talk",
    "carry",
    "carrying",
    "change_suggestion",
    "choose_carrying",
    "cohort_report",
    "cohort_schedule",
    "cohort_welcome",
    "communities",
    "community",
    "compare_unit",
    "conversation",
    "copy_cohort",
    "course",
    "course_file",
    "course_practice",
    "course_report",
    "course_schedule",
    "course_suggestions",
    "courses",
    "decline",
    "decline_suggestion",
    "discard_draft",
    "discard_roster",
    "dismiss_author",
    "drafts",
    "earlier_page",
    "edit_step",
    "edit_suggestion",
    "edit_unit",
    "export_roster",
    "facilitate",
    "forward",
    "hand_over",
    "hello",
    "helpers",
    "invitations",
    "join_community",
    "join_requests",
    "leave_community",
    "leave_link",
    "leave_tip",
    "linkable",
    "manage",
    "manage_cohort",
    "manage_course",
    "move_date",
    "move_section",
    "move_to_cohort",
    "move_unit",
    "my_drafts",
    "my_words",
    "new_cohort",
    "new_course",
    "new_section",
    "new_step",
    "new_unit",
    "offer_help",
    "open_hand_over",
    "own_course",
    "pieces",
    "preview_cohort",
    "preview_suggestion",
    "preview_unit",
    "put_step_back",
    "read_roster",
    "reading_settings",
    "remind_invited",
    "remove_person",
    "remove_step",
    "replan_cohort",
    "report_sheet",
    "resource",
    "restore_unit",
    "roster",
    "roster_list",
    "save_draft",
    "say_hello",
    "season",
    "set_end",
    "shelve_post",
    "show_name_again",
    "start_cohort",
    "suggest_edit",
    "suggestion",
    "suggestions",
    "take_back_thing",
    "threads",
    "today",
    "turn_season",
    "undo_turn",
    "unit",
    "unit_done",
    "unit_done_when",
    "unit_history",
    "unit_read",
    "unit_report",
    "unit_revision",
    "wiki_block_talk",
    "wiki_page",
    "withdraw_invitation",
    "withdraw_request",
    "withdraw_suggestion",
]
