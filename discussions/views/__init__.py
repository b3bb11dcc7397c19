from .accepting import accept_post, unaccept_post
from .marking import catch_up, catch_up_community, mark_unread, read_posts, read_thread
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
    "catch_up",
    "catch_up_community",
    "delete_post",
    "edit_post",
    "edit_post_here",
    "mark_unread",
    "new_thread",
    "post",
    "post_history",
    "post_reply",
    "reactions",
    "read_posts",
    "read_thread",
    "restore_post",
    "thread",
    "threads",
    "unaccept_post",
]
