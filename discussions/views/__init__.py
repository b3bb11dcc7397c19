from .accepting import accept_post, unaccept_post
from .arranging import undo_transfer
from .caring import care, care_entry, care_log, care_post, flag_post, guided_community, undo_care
from .carrying import carried, nominate, take_back_carried
from .distilling import distil, restore_summary, summary_history
from .found import crumbs, is_covered, pause_at, paused_words, rights_of, said_too_fast, too_fast, visible_post
from .leading import keeps_words, leads_on, led_elsewhere
from .library import keep_prompt, library, new_library_prompt, put_back_library_prompt, take_out_prompt
from .live import changes
from .marking import catch_up, catch_up_community, mark_unread, read_posts, read_thread
from .merging import merge_threads
from .moving import move_thread
from .posing import new_prompt, terms
from .posts import edit_post, edit_post_here, post, post_history, post_menu
from .questions import questions
from .reactions import reactions
from .reading import POSTS_A_PAGE, thread
from .removing import delete_post, restore_post
from .replies import answer_post, post_reply
from .rota import leave_seat, rota, skip_turn, swap_turns, take_seat, take_turn
from .series import pick_topic, propose_topic, proposed_topics, rest_series, topic_series, vote
from .splitting import split_thread
from .starting import new_thread
from .tending import tend
from .topics import announce, cancel_topic, new_topic, put_back_topic, topics
from .writing import mentionable, preview_post

__all__ = [
    "POSTS_A_PAGE",
    "accept_post",
    "announce",
    "answer_post",
    "cancel_topic",
    "care",
    "care_entry",
    "care_log",
    "care_post",
    "carried",
    "catch_up",
    "catch_up_community",
    "changes",
    "crumbs",
    "delete_post",
    "distil",
    "edit_post",
    "edit_post_here",
    "flag_post",
    "guided_community",
    "is_covered",
    "keep_prompt",
    "keeps_words",
    "leads_on",
    "leave_seat",
    "led_elsewhere",
    "library",
    "mark_unread",
    "mentionable",
    "merge_threads",
    "move_thread",
    "new_library_prompt",
    "new_prompt",
    "new_thread",
    "new_topic",
    "nominate",
    "pause_at",
    "paused_words",
    "pick_topic",
    "post",
    "post_history",
    "post_menu",
    "post_reply",
    "preview_post",
    "propose_topic",
    "proposed_topics",
    "put_back_library_prompt",
    "put_back_topic",
    "questions",
    "reactions",
    "read_posts",
    "read_thread",
    "rest_series",
    "restore_post",
    "restore_summary",
    "rights_of",
    "rota",
    "said_too_fast",
    "skip_turn",
    "split_thread",
    "summary_history",
    "swap_turns",
    "take_back_carried",
    "take_out_prompt",
    "take_seat",
    "take_turn",
    "tend",
    "terms",
    "thread",
    "too_fast",
    "topic_series",
    "topics",
    "unaccept_post",
    "undo_care",
    "undo_transfer",
    "visible_post",
    "vote",
]
