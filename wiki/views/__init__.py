from .creating import new_page
from .editing import edit, merge
from .finding import index, titled
from .found import crumbs, visible_page
from .history import history, revision
from .renaming import rename

__all__ = [
    "crumbs",
    "edit",
    "history",
    "index",
    "merge",
    "new_page",
    "rename",
    "revision",
    "titled",
    "visible_page",
]
