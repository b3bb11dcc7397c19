"""Starting conversations, adding to them and reading them."""

from .prompts import keep_prompt_threads
from .reading import catch_up, mark_unread, read_posts
from .talking import POSTS_A_MINUTE, POSTS_AN_HOUR, ThreadClosed, TooFast, reply, start_thread

__all__ = [
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "ThreadClosed",
    "TooFast",
    "catch_up",
    "keep_prompt_threads",
    "mark_unread",
    "read_posts",
    "reply",
    "start_thread",
]
