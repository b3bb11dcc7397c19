"""Starting conversations and adding to them."""

from .prompts import keep_prompt_threads
from .talking import POSTS_A_MINUTE, POSTS_AN_HOUR, ThreadClosed, TooFast, reply, start_thread

__all__ = [
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "ThreadClosed",
    "TooFast",
    "keep_prompt_threads",
    "reply",
    "start_thread",
]
