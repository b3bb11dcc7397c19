"""The one way out: whatever asks other sites for something asks `fetch`. Knows no app."""

from .addresses import Policy, is_public, target_of
from .client import Fetched, fetch
from .errors import NoAnswer, NotAllowed, OutboundError, TooLarge, TooManyRedirects, TooSlow, Unreadable

__all__ = [
    "Fetched",
    "NoAnswer",
    "NotAllowed",
    "OutboundError",
    "Policy",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "Unreadable",
    "fetch",
    "is_public",
    "target_of",
]
