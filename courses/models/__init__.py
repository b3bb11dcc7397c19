"""Courses, their units and their cohorts. Stands on top of the house and composes its pages."""

from .author import CourseAuthor
from .cohort import Cohort, UnitPlace
from .course import Course, CourseFile, Section
from .link import UnitLink
from .outline import Outline, outline_of
from .progress import UnitProgress, done_by
from .revision import UnitRevision
from .suggestion import Suggestion
from .text import blocks_at, where_in
from .unit import Unit
from .unit_reading import UnitReading

__all__ = [
    "Cohort",
    "Course",
    "CourseAuthor",
    "CourseFile",
    "Outline",
    "Section",
    "Suggestion",
    "Unit",
    "UnitLink",
    "UnitPlace",
    "UnitProgress",
    "UnitReading",
    "UnitRevision",
    "blocks_at",
    "done_by",
    "outline_of",
    "where_in",
]
