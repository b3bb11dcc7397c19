from .creating import new_page
from .editing import edit, merge
from .finding import index, titled
from .found import crumbs, visible_page
from .history import history, revision
from .renaming import rename
from .templates import bring_template_back, edit_template, new_template, take_template, templates

__all__ = [
    "bring_template_back",
    "crumbs",
    "edit",
    "edit_template",
    "history",
    "index",
    "merge",
    "new_page",
    "new_template",
    "rename",
    "revision",
    "take_template",
    "templates",
    "titled",
    "visible_page",
]
