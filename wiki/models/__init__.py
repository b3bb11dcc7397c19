from .name import PageLink, PageName
from .names import Names
from .page import WikiPage, WikiPageQuerySet
from .revision import Revision, RevisionQuerySet
from .template import STARTERS, PageTemplate

__all__ = [
    "STARTERS",
    "Names",
    "PageLink",
    "PageName",
    "PageTemplate",
    "Revision",
    "RevisionQuerySet",
    "WikiPage",
    "WikiPageQuerySet",
]
