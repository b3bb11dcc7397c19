"""The forms of the pages about courses and cohorts."""

from .authoring import CompareForm, CourseForm, NewUnitForm, RestoreForm, SectionForm, UnitForm
from .carrying import CarryForm
from .cohorts import CohortForm, PeopleForm
from .suggesting import ChangeForm, DecisionForm, DeclineForm, SuggestionForm

__all__ = [
    "CarryForm",
    "ChangeForm",
    "CohortForm",
    "CompareForm",
    "CourseForm",
    "DecisionForm",
    "DeclineForm",
    "NewUnitForm",
    "PeopleForm",
    "RestoreForm",
    "SectionForm",
    "SuggestionForm",
    "UnitForm",
]
