"""What happened, whom it concerns, and how it reaches them. Knows no domain app: an event's target says its own
audience, URL and text."""

from .delivery import Delivery
from .event import Event
from .followed import Followed
from .following import Following
from .hearing import Hearing, follow_path, followable, hearings_around, knowing_levels, paths_from, visible_followable
from .level import Level, level_of, levels_of
from .mail_answer import MailAnswer
from .mail_settings import MailSettings
from .notification import Notification

__all__ = [
    "Delivery",
    "Event",
    "Followed",
    "Following",
    "Hearing",
    "Level",
    "MailAnswer",
    "MailSettings",
    "Notification",
    "follow_path",
    "followable",
    "hearings_around",
    "knowing_levels",
    "level_of",
    "levels_of",
    "paths_from",
    "visible_followable",
]
