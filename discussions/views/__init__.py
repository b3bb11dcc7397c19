from .drafts import discard_draft, drafts, my_drafts, save_draft
from .reading import POSTS_A_PAGE, thread, threads
from .replies import post_reply
from .starting import new_thread
from .writing import mentionable, preview_post

__all__ = [
    "POSTS_A_PAGE",
    "discard_draft",
    "drafts",
    "mentionable",
    "my_drafts",
    "new_thread",
    "post_reply",
    "preview_post",
    "save_draft",
    "thread",
    "threads",
]
