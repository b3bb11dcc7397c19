"""Courses, their units and their cohorts. Stands on top of the house and composes its pages."""

from .author import CourseAuthor
from .calendar import Calendar
from .cohort import Cohort, UnitPlace
from .course import Course, CourseFile, Section
from .link import UnitLink
from .outline import Outline, outline_of
from .plan import Change, Plan, PlanTerms, plan_of, preview_of
from .progress import UnitProgress, done_by
from .revision import UnitRevision
from .shift import Shift
from .step import Step
from .step_date import Holiday, StepDate
from .suggestion import Suggestion
from .text import blocks_at, where_in
from .unit import Unit
from .unit_reading import UnitReading
from .welcome import Welcome

__all__ = [
    "Calendar",
    "Change",
    "Cohort",
    "Course",
    "CourseAuthor",
    "CourseFile",
    "Holiday",
    "Outline",
    "Plan",
    "PlanTerms",
    "Section",
    "Shift",
    "Step",
    "StepDate",
    "Suggestion",
    "Unit",
    "UnitLink",
    "UnitPlace",
    "UnitProgress",
    "UnitReading",
    "UnitRevision",
    "Welcome",
    "blocks_at",
    "done_by",
    "outline_of",
    "plan_of",
    "preview_of",
    "where_in",
]
