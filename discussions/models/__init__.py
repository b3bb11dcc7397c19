"""Conversations: threads, their posts, and what people leave on them."""

from .block_talk import BlockTalk
from .care_entry import CareEntry, LogStands
from .carrying import CarriedThread, agreement_in, communities_carried_between_by, earlier_about, earlier_at, posts_of
from .changes import Changes
from .consent import Consent, consent_of
from .flag import Flag
from .last_posts import with_posts
from .library import STARTERS, LibraryPrompt
from .listing import Listing
from .nameless import Named, named_or_not, nameless, nameless_title
from .new_counts import new_counts_for
from .news_at import news_at
from .nomination import Nomination
from .post import Post
from .reaction import Reaction
from .reading import POSTS_SHOWN, NewCounts, News, ThreadRead, new_to_you_words, new_words
from .revision import PostRevision
from .rights import Rights
from .rota import RotaSeat, Turn, monday_of, with_host_of_week
from .series import Rhythm, TopicSeries
from .speaker import Somebody, people_of
from .standing import standings
from .still_new import StillNew
from .summary import Summary, SummaryRevision
from .tending import Tending
from .thread import Thread, threads_visible_to
from .transfer import Transfer

__all__ = [
    "POSTS_SHOWN",
    "STARTERS",
    "BlockTalk",
    "CareEntry",
    "CarriedThread",
    "Changes",
    "Consent",
    "Flag",
    "LibraryPrompt",
    "Listing",
    "LogStands",
    "Named",
    "NewCounts",
    "News",
    "Nomination",
    "Post",
    "PostRevision",
    "Reaction",
    "Rhythm",
    "Rights",
    "RotaSeat",
    "Somebody",
    "StillNew",
    "Summary",
    "SummaryRevision",
    "Tending",
    "Thread",
    "ThreadRead",
    "TopicSeries",
    "Transfer",
    "Turn",
    "agreement_in",
    "communities_carried_between_by",
    "consent_of",
    "earlier_about",
    "earlier_at",
    "monday_of",
    "named_or_not",
    "nameless",
    "nameless_title",
    "new_counts_for",
    "new_to_you_words",
    "new_words",
    "news_at",
    "people_of",
    "posts_of",
    "standings",
    "threads_visible_to",
    "with_host_of_week",
    "with_posts",
]
