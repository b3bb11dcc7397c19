from .answering import NotYet, Refused, forget_answers, post_answers, takes_answers
from .at_once import tell_at_once
from .catching_up import catch_up_with_digest, notes_reading, told_again
from .delivering import deliver, forget_deliveries
from .digesting import digest_of, digests
from .fanning import fan_out
from .following import follow
from .receiving import read_mailbox, receive, receive_raw
from .scheduling import change_mail, schedule_digests
from .telling import mark_read, mark_told_read, record_event, rehome_events

__all__ = [
    "NotYet",
    "Refused",
    "catch_up_with_digest",
    "change_mail",
    "deliver",
    "digest_of",
    "digests",
    "fan_out",
    "follow",
    "forget_answers",
    "forget_deliveries",
    "mark_read",
    "mark_told_read",
    "notes_reading",
    "post_answers",
    "read_mailbox",
    "receive",
    "receive_raw",
    "record_event",
    "rehome_events",
    "schedule_digests",
    "takes_answers",
    "tell_at_once",
    "told_again",
]
