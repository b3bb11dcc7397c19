"""Courses, their units and their cohorts. Stands on top of the house and composes its pages."""

from .agreed import agreements, earlier_in_commons, earlier_things, with_words, writers_of
from .author import CourseAuthor
from .calendar import Calendar
from .carried_thing import CarriedThing, CarriedUpload
from .cohort import Cohort, UnitPlace, cohorts_of, cohorts_taking
from .copyable import Copyable, copyable
from .course import Course, CourseFile, Section, course_of
from .graduation import EndNotice, Graduate, Graduation, outlook_of, season_of, with_seasons
from .hand_over import HandOver
from .help_offer import HelpOffer
from .link import UnitLink
from .outline import Outline, outline_of
from .plan import Change, Plan, PlanTerms, plan_of, preview_of
from .progress import UnitProgress, done_by, is_done_with
from .revision import UnitRevision
from .shift import Shift
from .step import Step
from .step_date import Holiday, StepDate
from .suggestion import Suggestion
from .target import communities_carried_to, places_in
from .text import blocks_at, where_in
from .thing import ThingNomination, is_put_forward, marks_on
from .unit import Unit
from .unit_reading import UnitReading
from .unit_rows import rows_of_unit, rows_shown
from .welcome import Welcome

__all__ = [
    "Calendar",
    "CarriedThing",
    "CarriedUpload",
    "Change",
    "Cohort",
    "Copyable",
    "Course",
    "CourseAuthor",
    "CourseFile",
    "EndNotice",
    "Graduate",
    "Graduation",
    "HandOver",
    "HelpOffer",
    "Holiday",
    "Outline",
    "Plan",
    "PlanTerms",
    "Section",
    "Shift",
    "Step",
    "StepDate",
    "Suggestion",
    "ThingNomination",
    "Unit",
    "UnitLink",
    "UnitPlace",
    "UnitProgress",
    "UnitReading",
    "UnitRevision",
    "Welcome",
    "agreements",
    "blocks_at",
    "cohorts_of",
    "cohorts_taking",
    "communities_carried_to",
    "copyable",
    "course_of",
    "done_by",
    "earlier_in_commons",
    "earlier_things",
    "is_done_with",
    "is_put_forward",
    "marks_on",
    "outline_of",
    "outlook_of",
    "places_in",
    "plan_of",
    "preview_of",
    "rows_of_unit",
    "rows_shown",
    "season_of",
    "where_in",
    "with_seasons",
    "with_words",
    "writers_of",
]
