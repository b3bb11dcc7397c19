from .catching_up import catch_up_with_digest, notes_reading, told_again
from .delivering import deliver
from .digesting import digest_of, digests
from .fanning import fan_out
from .telling import mark_read, mark_told_read, record_event, rehome_events

__all__ = [
    "catch_up_with_digest",
    "deliver",
    "digest_of",
    "digests",
    "fan_out",
    "mark_read",
    "mark_told_read",
    "notes_reading",
    "record_event",
    "rehome_events",
    "told_again",
]
