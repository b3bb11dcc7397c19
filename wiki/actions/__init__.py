"""Writing wiki pages."""

from .creating import create_page
from .naming import RenamedMeanwhile, keep_links, rename_page
from .saving import NeedsDecision, Submitted, edit_page, merge_into, rendered_page
from .templates import bring_template_back, create_template, edit_template, take_template

__all__ = [
    "NeedsDecision",
    "RenamedMeanwhile",
    "Submitted",
    "bring_template_back",
    "create_page",
    "create_template",
    "edit_page",
    "edit_template",
    "keep_links",
    "merge_into",
    "rename_page",
    "rendered_page",
    "take_template",
]
