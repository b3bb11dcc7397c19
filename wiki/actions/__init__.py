"""Writing wiki pages."""

from .creating import create_page
from .crediting import authorship_of
from .hiding import StillCurrent, hide_text, show_text
from .naming import RenamedMeanwhile, keep_links, rename_page
from .saving import NeedsDecision, Submitted, edit_page, merge_into, rendered_page, rendered_version
from .templates import bring_template_back, create_template, edit_template, take_template

__all__ = [
    "NeedsDecision",
    "RenamedMeanwhile",
    "StillCurrent",
    "Submitted",
    "authorship_of",
    "bring_template_back",
    "create_page",
    "create_template",
    "edit_page",
    "edit_template",
    "hide_text",
    "keep_links",
    "merge_into",
    "rename_page",
    "rendered_page",
    "rendered_version",
    "show_text",
    "take_template",
]
