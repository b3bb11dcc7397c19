"""What can be done with courses, units and cohorts."""

from .authoring import EditConflict, create_course, create_section, create_unit, edit_unit, move, preview_unit
from .cohorts import end_cohort, keep_unit_places, start_cohort
from .importing import ImportProblem, ImportReport, import_course
from .reading import mark_done, mark_undone

__all__ = [
    "EditConflict",
    "ImportProblem",
    "ImportReport",
    "create_course",
    "create_section",
    "create_unit",
    "edit_unit",
    "end_cohort",
    "import_course",
    "keep_unit_places",
    "mark_done",
    "mark_undone",
    "move",
    "preview_unit",
    "start_cohort",
]
