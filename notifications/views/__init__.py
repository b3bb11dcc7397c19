from .answering import mail_answer
from .bell import bell, bell_of, saw
from .digest import caught_up, digest_preview
from .failed_mail import give_up_mail, hold_mail, manage_mail, retry_mail
from .levels import following, followings
from .listing import mark_read, notifications
from .mail_settings import mail_settings, restart_mail
from .pushing import push_off, push_on
from .reaching import mail_report, try_mail_again
from .stopping import stop_mail

__all__ = [
    "bell",
    "bell_of",
    "caught_up",
    "digest_preview",
    "following",
    "followings",
    "give_up_mail",
    "hold_mail",
    "mail_answer",
    "mail_report",
    "mail_settings",
    "manage_mail",
    "mark_read",
    "notifications",
    "push_off",
    "push_on",
    "restart_mail",
    "retry_mail",
    "saw",
    "stop_mail",
    "try_mail_again",
]
