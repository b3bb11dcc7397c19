from .digest import caught_up, digest_preview
from .listing import mark_read, notifications

__all__ = [
    "caught_up",
    "digest_preview",
    "mark_read",
    "notifications",
]
