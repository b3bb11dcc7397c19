"""What can be done with courses, units and cohorts."""

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
from .cohorts import end_cohort, keep_unit_places, start_cohort
from .deciding import TextsDiffer, accept_changed, accept_suggestion, decline_suggestion
from .importing import ImportProblem, ImportReport, import_course
from .reading import (
    count_reading,
    mark_done,
    mark_undone,
    note_reading,
    set_done_when,
    stop_counting_reading,
)
from .suggesting import (
    NEW_MEMBERS_SUGGESTIONS_AN_HOUR,
    SUGGESTIONS_AN_HOUR,
    Decided,
    NothingChanged,
    revise_suggestion,
    suggest,
    withdraw_suggestion,
)

__all__ = [
    "NEW_MEMBERS_SUGGESTIONS_AN_HOUR",
    "SUGGESTIONS_AN_HOUR",
    "Decided",
    "EditConflict",
    "ImportProblem",
    "ImportReport",
    "NobodyThere",
    "NothingChanged",
    "TextsDiffer",
    "accept_changed",
    "accept_suggestion",
    "carry_threads",
    "count_reading",
    "create_course",
    "create_section",
    "create_unit",
    "decline_suggestion",
    "dismiss_author",
    "edit_unit",
    "end_cohort",
    "import_course",
    "keep_unit_places",
    "mark_done",
    "mark_undone",
    "move",
    "name_author",
    "note_reading",
    "preview_unit",
    "restore_unit",
    "revise_suggestion",
    "set_done_when",
    "start_cohort",
    "stop_counting_reading",
    "suggest",
    "withdraw_suggestion",
]
