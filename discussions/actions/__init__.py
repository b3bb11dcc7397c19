"""Starting conversations, adding to them and reading them."""

from .accepting import accept_post, unaccept_post
from .editing import EditConflict, PostGone, edit_post
from .prompts import keep_prompt_threads
from .reacting import react, take_back
from .reading import catch_up, mark_unread, read_posts
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
    "catch_up",
    "delete_post",
    "edit_post",
    "keep_prompt_threads",
    "mark_unread",
    "react",
    "read_posts",
    "reply",
    "restore_post",
    "start_thread",
    "take_back",
    "unaccept_post",
]
