"""How well a course serves its readers. Nothing here is about a person, and people are counted in steps of five."""

from .blocks import BlockNumbers, blocks_with_most_me_too
from .fives import in_fives
from .over_time import WeekNumbers, week_numbers
from .scope import Scope
from .units import UnitNumbers, unit_numbers
from .weeks import Weeks

__all__ = [
    "BlockNumbers",
    "Scope",
    "UnitNumbers",
    "WeekNumbers",
    "Weeks",
    "blocks_with_most_me_too",
    "in_fives",
    "unit_numbers",
    "week_numbers",
]
