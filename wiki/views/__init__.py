from .creating import new_page
from .editing import edit
from .found import crumbs, visible_page
from .history import history, revision

__all__ = ["crumbs", "edit", "history", "new_page", "revision", "visible_page"]
