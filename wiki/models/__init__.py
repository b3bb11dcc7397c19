from .name import PageLink, PageName
from .names import Names
from .page import WikiPage, WikiPageQuerySet
from .revision import Revision, RevisionQuerySet

__all__ = ["Names", "PageLink", "PageName", "Revision", "RevisionQuerySet", "WikiPage", "WikiPageQuerySet"]
