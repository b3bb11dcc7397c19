from .reading import POSTS_A_PAGE, thread, threads
from .replies import post_reply
from .starting import new_thread

__all__ = ["POSTS_A_PAGE", "new_thread", "post_reply", "thread", "threads"]
