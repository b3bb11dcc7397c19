"""What happened, whom it concerns, and how it reaches them. Knows no domain app: an event's target says its own
audience, URL and text."""

from .delivery import Delivery
from .event import Event
from .following import Following
from .level import Level, level_of, levels_of
from .mail_answer import MailAnswer
from .mail_settings import MailSettings
from .notification import Notification

__all__ = [
    "Delivery",
    "Event",
    "Following",
    "Level",
    "MailAnswer",
    "MailSettings",
    "Notification",
    "level_of",
    "levels_of",
]
