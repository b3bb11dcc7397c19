"""What can be done with courses, units and cohorts."""

from .asking import NobodyToAsk, ask_due, note_opening
from .authoring import (
    EditConflict,
    create_course,
    create_section,
    create_unit,
    edit_unit,
    move,
    preview_unit,
    restore_unit,
)
from .authors import NobodyThere, dismiss_author, name_author
from .carrying import carry_threads
from .carrying_things import (
    carry_things,
    choose,
    nominate_thing,
    take_back_carried_thing,
    take_back_thing_nomination,
)
from .cohorts import keep_unit_places, start_cohort
from .copying import copy_cohort
from .dating import HasBegun, HasCome, PlanChanged, move_date, replan
from .deciding import TextsDiffer, accept_changed, accept_suggestion, decline_suggestion
from .drafts import AlreadySent, save_draft, sent_among
from .ending import keep_end, set_end
from .graduating import NoCohort, NotGraduated, StillTurning, turn_season, undo_turn
from .handing_over import open_hand_over
from .helping import offer_help, take_help_back
from .importing import ImportProblem, ImportReport, import_course
from .joining import admit, ask_to_join
from .leaving import keep_hosted, leave, show_name_again
from .mornings import mornings
from .moving import NobodyToMove, move_people
from .own_course import MayNotWrite, TakesACourse, begin_own_course
from .practising import NotToBeJoined, set_practice
from .reading import (
    count_reading,
    mark_done,
    mark_undone,
    note_reading,
    set_done_when,
    stop_counting_reading,
)
from .steps import StepConflict, add_step, change_step, put_step_back, remove_step, time_units
from .suggesting import (
    NEW_MEMBERS_SUGGESTIONS_AN_HOUR,
    SUGGESTIONS_AN_HOUR,
    Decided,
    NothingChanged,
    revise_suggestion,
    suggest,
    withdraw_suggestion,
)
from .welcoming import WelcomeConflict, preview_welcome, write_welcome

__all__ = [
    "NEW_MEMBERS_SUGGESTIONS_AN_HOUR",
    "SUGGESTIONS_AN_HOUR",
    "AlreadySent",
    "Decided",
    "EditConflict",
    "HasBegun",
    "HasCome",
    "ImportProblem",
    "ImportReport",
    "MayNotWrite",
    "NoCohort",
    "NobodyThere",
    "NobodyToAsk",
    "NobodyToMove",
    "NotGraduated",
    "NotToBeJoined",
    "NothingChanged",
    "PlanChanged",
    "StepConflict",
    "StillTurning",
    "TakesACourse",
    "TextsDiffer",
    "WelcomeConflict",
    "accept_changed",
    "accept_suggestion",
    "add_step",
    "admit",
    "ask_due",
    "ask_to_join",
    "begin_own_course",
    "carry_things",
    "carry_threads",
    "change_step",
    "choose",
    "copy_cohort",
    "count_reading",
    "create_course",
    "create_section",
    "create_unit",
    "decline_suggestion",
    "dismiss_author",
    "edit_unit",
    "import_course",
    "keep_end",
    "keep_hosted",
    "keep_unit_places",
    "leave",
    "mark_done",
    "mark_undone",
    "mornings",
    "move",
    "move_date",
    "move_people",
    "name_author",
    "nominate_thing",
    "note_opening",
    "note_reading",
    "offer_help",
    "open_hand_over",
    "preview_unit",
    "preview_welcome",
    "put_step_back",
    "remove_step",
    "replan",
    "restore_unit",
    "revise_suggestion",
    "save_draft",
    "sent_among",
    "set_done_when",
    "set_end",
    "set_practice",
    "show_name_again",
    "start_cohort",
    "stop_counting_reading",
    "suggest",
    "take_back_carried_thing",
    "take_back_thing_nomination",
    "take_help_back",
    "time_units",
    "turn_season",
    "undo_turn",
    "withdraw_suggestion",
    "write_welcome",
]
