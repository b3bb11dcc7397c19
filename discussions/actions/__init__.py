"""Starting conversations and adding to them."""

from .drafts import DRAFTS_AT_MOST, discard_draft, posted_among, save_draft
from .prompts import keep_prompt_threads
from .talking import POSTS_A_MINUTE, POSTS_AN_HOUR, ThreadClosed, TooFast, reply, start_thread

__all__ = [
    "DRAFTS_AT_MOST",
    "POSTS_AN_HOUR",
    "POSTS_A_MINUTE",
    "ThreadClosed",
    "TooFast",
    "discard_draft",
    "keep_prompt_threads",
    "posted_among",
    "reply",
    "save_draft",
    "start_thread",
]
