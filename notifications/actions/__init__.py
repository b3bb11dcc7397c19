from .answering import NotYet, Refused, forget_answers, post_answers, takes_answers
from .at_once import tell_at_once
from .catching_up import catch_up_with_digest, notes_reading, still_unread
from .delivering import deliver, forget_deliveries
from .digesting import digest_of, digests
from .failed_mail import give_up_mail, hold_mail, let_mail_go, retry_mail
from .fanning import fan_out
from .following import carry_levels, follow, take_back_levels
from .inviting import invitations, mail_invitations
from .mornings import schedule_mornings
from .pulsing import note_pulse
from .pushing import forget_browsers, keep_browser
from .reaching import note_unreachable, reach_new_addresses, try_again
from .receiving import read_mailbox, receive, receive_handed_in, receive_raw
from .restored import hold_after_restore
from .scheduling import change_mail, schedule_digests
from .stopping import is_stopped, stop_mail, undo_stop, want_digest, want_morning_mail
from .telling import mark_read, mark_told_read, record_event, rehome_events
from .tracking import note_report

__all__ = [
    "NotYet",
    "Refused",
    "carry_levels",
    "catch_up_with_digest",
    "change_mail",
    "deliver",
    "digest_of",
    "digests",
    "fan_out",
    "follow",
    "forget_answers",
    "forget_browsers",
    "forget_deliveries",
    "give_up_mail",
    "hold_after_restore",
    "hold_mail",
    "invitations",
    "is_stopped",
    "keep_browser",
    "let_mail_go",
    "mail_invitations",
    "mark_read",
    "mark_told_read",
    "note_pulse",
    "note_report",
    "note_unreachable",
    "notes_reading",
    "post_answers",
    "reach_new_addresses",
    "read_mailbox",
    "receive",
    "receive_handed_in",
    "receive_raw",
    "record_event",
    "rehome_events",
    "retry_mail",
    "schedule_digests",
    "schedule_mornings",
    "still_unread",
    "stop_mail",
    "take_back_levels",
    "takes_answers",
    "tell_at_once",
    "try_again",
    "undo_stop",
    "want_digest",
    "want_morning_mail",
]
