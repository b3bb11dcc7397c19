"""Conversations: threads, their posts, and what people leave on them."""

from .block_talk import BlockTalk
from .draft import Draft, standings
from .post import POSTS_SHOWN, Post
from .reaction import Reaction
from .reading import ThreadRead
from .revision import PostRevision
from .thread import Thread

__all__ = [
    "POSTS_SHOWN",
    "BlockTalk",
    "Draft",
    "Post",
    "PostRevision",
    "Reaction",
    "Thread",
    "ThreadRead",
    "standings",
]
