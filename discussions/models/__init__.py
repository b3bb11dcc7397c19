"""Conversations: threads and their posts."""

from .block_talk import BlockTalk
from .post import POSTS_SHOWN, Post
from .thread import Thread

__all__ = ["POSTS_SHOWN", "BlockTalk", "Post", "Thread"]
