"""The forms of the pages about courses and cohorts."""

from .authoring import AuthorForm, CompareForm, CourseForm, NewUnitForm, RestoreForm, SectionForm, UnitForm
from .carrying import CarryForm
from .cohorts import CohortForm, PeopleForm
from .copying import CopyForm
from .dates import DateForm, PlanForm, WelcomeForm
from .handing_over import TipForm
from .leaving import LeaveForm
from .moving import MoveForm
from .own_course import OwnCourseForm
from .reading import DoneWhenForm, ReadingForm
from .roster import RosterForm, RosterReadingForm
from .schedule import OpeningsForm, StepForm
from .seasons import EndForm, PracticeForm, TurnForm
from .suggesting import ChangeForm, DecisionForm, DeclineForm, SuggestionForm

__all__ = [
    "AuthorForm",
    "CarryForm",
    "ChangeForm",
    "CohortForm",
    "CompareForm",
    "CopyForm",
    "CourseForm",
    "DateForm",
    "DecisionForm",
    "DeclineForm",
    "DoneWhenForm",
    "EndForm",
    "LeaveForm",
    "MoveForm",
    "NewUnitForm",
    "OpeningsForm",
    "OwnCourseForm",
    "PeopleForm",
    "PlanForm",
    "PracticeForm",
    "ReadingForm",
    "RestoreForm",
    "RosterForm",
    "RosterReadingForm",
    "SectionForm",
    "StepForm",
    "SuggestionForm",
    "TipForm",
    "TurnForm",
    "UnitForm",
    "WelcomeForm",
]
