from .page import WikiPage, WikiPageQuerySet
from .revision import Revision, RevisionQuerySet

__all__ = ["Revision", "RevisionQuerySet", "WikiPage", "WikiPageQuerySet"]
