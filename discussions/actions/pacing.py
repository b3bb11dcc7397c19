"""How much somebody writes in how short a time."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from community.actions import HOUR_S, TooFast, latest_of, refuse_if_full
from community.models import Community

from ..models import Post, Thread

POSTS_A_MINUTE = 10
POSTS_AN_HOUR = 120
NEW_MEMBERS_POSTS_AN_HOUR = 20  # in the community that they are new to


class TooSoon(TooFast):
    """The next post in a conversation that is slowed down, before its time."""


class TooNew(TooFast):
    """More posts than a new member may write in an hour."""


def refuse_if_slow(thread: Thread, author: User) -> None:
    """Raises TooSoon where the thread is slowed down, `author` wrote in it a moment ago and is no guide."""
    if not thread.slow_minutes:
        return
    last = thread.posts.filter(author=author).last_at()
    wait = last and last + timedelta(minutes=thread.slow_minutes) - timezone.now()
    if wait and wait > timedelta() and author.pk not in thread.place.community.guide_roles():
        raise TooSoon(int(wait.total_seconds()) + 1)


def refuse_if_too_fast(author: User, community: Community) -> None:
    """Raises TooFast when `author` wrote as many posts as the last minute or hour allows, and TooNew when they are new
    to `community` and wrote as many in it as that allows."""
    posts = Post.objects.by(author)
    latest = latest_of(posts, POSTS_AN_HOUR)
    refuse_if_full(latest, ((60, POSTS_A_MINUTE), (HOUR_S, POSTS_AN_HOUR)))
    if len(latest) >= NEW_MEMBERS_POSTS_AN_HOUR and community.memberships.of(author).new().exists():
        refuse_if_full(
            latest_of(posts.in_community(community), POSTS_AN_HOUR), ((HOUR_S, NEW_MEMBERS_POSTS_AN_HOUR),), TooNew
        )
