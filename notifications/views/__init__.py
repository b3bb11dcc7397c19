from .digest import caught_up, digest_preview
from .levels import following, followings
from .listing import mark_read, notifications
from .mail_settings import mail_settings, restart_mail

__all__ = [
    "caught_up",
    "digest_preview",
    "following",
    "followings",
    "mail_settings",
    "mark_read",
    "notifications",
    "restart_mail",
]
