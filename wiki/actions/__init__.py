"""Writing wiki pages."""

from .creating import create_page
from .saving import edit_page, rendered_page

__all__ = ["create_page", "edit_page", "rendered_page"]
