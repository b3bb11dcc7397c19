"""What happened, whom it concerns, and how it reaches them. Knows no domain app: an event's target says its own
audience, URL and text."""

from .backlog import Backlog, backlogs
from .bell import Bell
from .browser import Browser
from .delivery import Delivery
from .event import Event
from .followed import Followed
from .following import Following
from .hearing import Hearing, follow_path, followable, hearings_around, knowing_levels, paths_from, visible_followable
from .hold import MailHold
from .level import Level, level_of, levels_of
from .mail_answer import MailAnswer
from .mail_settings import MailSettings
from .notification import Notification, bell_for, unread_groups
from .pulse import Pulse, silent_among
from .stop import Stop

__all__ = [
    "Backlog",
    "Bell",
    "Browser",
    "Delivery",
    "Event",
    "Followed",
    "Following",
    "Hearing",
    "Level",
    "MailAnswer",
    "MailHold",
    "MailSettings",
    "Notification",
    "Pulse",
    "Stop",
    "backlogs",
    "bell_for",
    "follow_path",
    "followable",
    "hearings_around",
    "knowing_levels",
    "level_of",
    "levels_of",
    "paths_from",
    "silent_among",
    "unread_groups",
    "visible_followable",
]
