from .authorship import Authorship
from .comparison import Comparison, compare
from .name import PageLink, PageName
from .names import Names
from .page import WikiPage, WikiPageQuerySet
from .revision import Hiding, Revision, RevisionQuerySet
from .standing import standings
from .template import STARTERS, PageTemplate

__all__ = [
    "STARTERS",
    "Authorship",
    "Comparison",
    "Hiding",
    "Names",
    "PageLink",
    "PageName",
    "PageTemplate",
    "Revision",
    "RevisionQuerySet",
    "WikiPage",
    "WikiPageQuerySet",
    "compare",
    "standings",
]
