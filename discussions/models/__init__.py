"""Conversations: threads, their posts, and what people leave on them."""

from .block_talk import BlockTalk
from .care_entry import CareEntry, LogStands
from .changes import Changes
from .flag import Flag
from .listing import Listing
from .post import Post
from .reaction import Reaction
from .reading import POSTS_SHOWN, NewCounts, News, ThreadRead, new_to_you_words, new_words
from .revision import PostRevision
from .rights import Rights
from .speaker import Somebody, people_of
from .standing import standings
from .still_new import StillNew
from .summary import Summary, SummaryRevision
from .thread import Thread, threads_visible_to
from .transfer import Transfer

__all__ = [
    "POSTS_SHOWN",
    "BlockTalk",
    "CareEntry",
    "Changes",
    "Flag",
    "Listing",
    "LogStands",
    "NewCounts",
    "News",
    "Post",
    "PostRevision",
    "Reaction",
    "Rights",
    "Somebody",
    "StillNew",
    "Summary",
    "SummaryRevision",
    "Thread",
    "ThreadRead",
    "Transfer",
    "new_to_you_words",
    "new_words",
    "people_of",
    "standings",
    "threads_visible_to",
]
