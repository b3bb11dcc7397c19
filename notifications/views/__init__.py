from .listing import mark_read, notifications

__all__ = [
    "mark_read",
    "notifications",
]
