from .accepting import accept_post, unaccept_post
from .posts import edit_post, edit_post_here, post, post_history
from .reactions import reactions
from .reading import POSTS_A_PAGE, thread, threads
from .removing import delete_post, restore_post
from .replies import answer_post, post_reply
from .starting import new_thread

__all__ = [
    "POSTS_A_PAGE",
    "accept_post",
    "answer_post",
    "delete_post",
    "edit_post",
    "edit_post_here",
    "new_thread",
    "post",
    "post_history",
    "post_reply",
    "reactions",
    "restore_post",
    "thread",
    "threads",
    "unaccept_post",
]
