from .digest import caught_up, digest_preview
from .levels import following, followings
from .listing import mark_read, notifications

__all__ = [
    "caught_up",
    "digest_preview",
    "following",
    "followings",
    "mark_read",
    "notifications",
]
