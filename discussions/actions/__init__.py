"""Starting conversations and adding to them."""

from .editing import EditConflict, PostGone, edit_post
from .prompts import keep_prompt_threads
from .talking import POSTS_A_MINUTE, POSTS_AN_HOUR, ThreadClosed, TooFast, reply, start_thread

__all__ = [
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "EditConflict",
    "PostGone",
    "ThreadClosed",
    "TooFast",
    "edit_post",
    "keep_prompt_threads",
    "reply",
    "start_thread",
]
