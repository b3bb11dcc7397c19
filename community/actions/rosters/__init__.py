"""Bringing many people into a community by a list."""

from .applying import AT_ONCE, apply_lines, apply_roster
from .comparing import NobodyInIt, Reading, TooManyLines, bring_roster, read_roster
from .keeping import discard_roster, export_roster, forget_rosters
from .reading import NotText

__all__ = [
    "AT_ONCE",
    "NobodyInIt",
    "NotText",
    "Reading",
    "TooManyLines",
    "apply_lines",
    "apply_roster",
    "bring_roster",
    "discard_roster",
    "export_roster",
    "forget_rosters",
    "read_roster",
]
