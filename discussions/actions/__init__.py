"""Starting conversations, adding to them and reading them."""

from .accepting import accept_post, unaccept_post
from .anchoring import follow_words
from .caring import Decision, NotPossible, OwnWords, decide, flag_post, is_for_others, undo_decision
from .carrying import (
    StaysBehind,
    ask,
    carry_thread,
    consent,
    nominate,
    refuse_unless_at_either_end,
    refuse_unless_carried_between,
    take_back_carried,
    take_back_nomination,
)
from .distilling import distil, rendered_summary
from .editing import PostGone, edit_post
from .library import LibraryFull, keep_prompt, put_back_prompt, take_out_prompt, write_prompt
from .mailing import post_by_mail
from .merging import merge_threads
from .moving import StaysHere, move_thread
from .pacing import NEW_MEMBERS_POSTS_AN_HOUR, POSTS_A_MINUTE, POSTS_AN_HOUR, TooFast, TooNew, TooSoon
from .posing import announce, open_due_thread, pose, set_terms
from .prompts import keep_prompt_threads
from .proposing import may_pick, pick_topic, propose_topic, vote
from .reacting import react, take_back
from .reading import catch_up, mark_unread, read_posts
from .removing import NotTheirs, delete_post, restore_post
from .rota import (
    NobodyElse,
    begin_rota,
    leave_seat,
    plan_rota,
    remind_host,
    rotas_to_plan,
    skip_turn,
    swap_turns,
    take_seat,
    take_turn,
)
from .series import open_next_topic, rest_series, set_series, start_weekly_series, stop_series, tell_if_dry
from .splitting import split_thread
from .sweeping import delete_unused_uploads
from .talking import ThreadClosed, reply, start_thread
from .tending import Claimed, claim, let_rest, release
from .topics import HasOpened, cancel_topic, put_back_topic
from .undoing import undo_transfer

__all__ = [
    "NEW_MEMBERS_POSTS_AN_HOUR",
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "Claimed",
    "Decision",
    "HasOpened",
    "LibraryFull",
    "NobodyElse",
    "NotPossible",
    "NotTheirs",
    "OwnWords",
    "PostGone",
    "StaysBehind",
    "StaysHere",
    "ThreadClosed",
    "TooFast",
    "TooNew",
    "TooSoon",
    "accept_post",
    "announce",
    "ask",
    "begin_rota",
    "cancel_topic",
    "carry_thread",
    "catch_up",
    "claim",
    "consent",
    "decide",
    "delete_post",
    "delete_unused_uploads",
    "distil",
    "edit_post",
    "flag_post",
    "follow_words",
    "is_for_others",
    "keep_prompt",
    "keep_prompt_threads",
    "leave_seat",
    "let_rest",
    "mark_unread",
    "may_pick",
    "merge_threads",
    "move_thread",
    "nominate",
    "open_due_thread",
    "open_next_topic",
    "pick_topic",
    "plan_rota",
    "pose",
    "post_by_mail",
    "propose_topic",
    "put_back_prompt",
    "put_back_topic",
    "react",
    "read_posts",
    "refuse_unless_at_either_end",
    "refuse_unless_carried_between",
    "release",
    "remind_host",
    "rendered_summary",
    "reply",
    "rest_series",
    "restore_post",
    "rotas_to_plan",
    "set_series",
    "set_terms",
    "skip_turn",
    "split_thread",
    "start_thread",
    "start_weekly_series",
    "stop_series",
    "swap_turns",
    "take_back",
    "take_back_carried",
    "take_back_nomination",
    "take_out_prompt",
    "take_seat",
    "take_turn",
    "tell_if_dry",
    "unaccept_post",
    "undo_decision",
    "undo_transfer",
    "vote",
    "write_prompt",
]
