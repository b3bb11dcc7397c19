from .creating import new_page
from .credits import writers
from .editing import edit, editing, merge
from .finding import index, titled
from .found import crumbs, visible_page
from .hiding import hide, show
from .history import compare, history, restore, revision
from .renaming import rename
from .templates import bring_template_back, edit_template, new_template, take_template, templates

__all__ = [
    "bring_template_back",
    "compare",
    "crumbs",
    "edit",
    "edit_template",
    "editing",
    "hide",
    "history",
    "index",
    "merge",
    "new_page",
    "new_template",
    "rename",
    "restore",
    "revision",
    "show",
    "take_template",
    "templates",
    "titled",
    "visible_page",
    "writers",
]
