"""Writing wiki pages."""

from .creating import create_page
from .naming import RenamedMeanwhile, keep_links, rename_page
from .saving import NeedsDecision, Submitted, edit_page, merge_into, rendered_page

__all__ = [
    "NeedsDecision",
    "RenamedMeanwhile",
    "Submitted",
    "create_page",
    "edit_page",
    "keep_links",
    "merge_into",
    "rename_page",
    "rendered_page",
]
