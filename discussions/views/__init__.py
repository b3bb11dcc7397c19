from .marking import catch_up, catch_up_community, mark_unread, read_posts, read_thread
from .reading import POSTS_A_PAGE, thread, threads
from .replies import post_reply
from .starting import new_thread

__all__ = [
    "POSTS_A_PAGE",
    "catch_up",
    "catch_up_community",
    "mark_unread",
    "new_thread",
    "post_reply",
    "read_posts",
    "read_thread",
    "thread",
    "threads",
]
