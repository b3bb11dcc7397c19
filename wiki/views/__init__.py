from .creating import new_page
from .editing import edit, merge
from .found import crumbs, visible_page
from .history import history, revision

__all__ = ["crumbs", "edit", "history", "merge", "new_page", "revision", "visible_page"]
