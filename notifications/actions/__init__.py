from .delivering import deliver
from .fanning import fan_out
from .telling import mark_read, mark_told_read, record_event, rehome_events

__all__ = [
    "deliver",
    "fan_out",
    "mark_read",
    "mark_told_read",
    "record_event",
    "rehome_events",
]
