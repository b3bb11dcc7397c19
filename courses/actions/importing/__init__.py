"""Loading a course from a folder. The format is described in docs/importing.md."""

from .course_text import CourseText, UnitText
from .pictures import discard_files
from .report import ImportProblem, ImportReport, Remark, UnitReport
from .saving import import_course

__all__ = [
    "CourseText",
    "ImportProblem",
    "ImportReport",
    "Remark",
    "UnitReport",
    "UnitText",
    "discard_files",
    "import_course",
]
