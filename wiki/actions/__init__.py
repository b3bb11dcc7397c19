"""Writing wiki pages."""

from .creating import create_page
from .saving import NeedsDecision, Submitted, edit_page, merge_into, rendered_page

__all__ = ["NeedsDecision", "Submitted", "create_page", "edit_page", "merge_into", "rendered_page"]
