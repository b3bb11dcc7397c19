"""Starting conversations and adding to them."""

from .accepting import accept_post, unaccept_post
from .editing import EditConflict, PostGone, edit_post
from .prompts import keep_prompt_threads
from .reacting import react, take_back
from .removing import NotTheirs, delete_post, restore_post
from .talking import POSTS_A_MINUTE, POSTS_AN_HOUR, ThreadClosed, TooFast, reply, start_thread

__all__ = [
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "EditConflict",
    "NotTheirs",
    "PostGone",
    "ThreadClosed",
    "TooFast",
    "accept_post",
    "delete_post",
    "edit_post",
    "keep_prompt_threads",
    "react",
    "reply",
    "restore_post",
    "start_thread",
    "take_back",
    "unaccept_post",
]
