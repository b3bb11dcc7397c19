"""How much somebody writes in how short a time."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from community.models import Community

from ..models import Post, Thread
from ..models.post import PostQuerySet

POSTS_A_MINUTE = 10
POSTS_AN_HOUR = 120
NEW_MEMBERS_POSTS_AN_HOUR = 20  # in the community that they are new to


class TooFast(Exception):
    """More posts than a person writes. `retry_after_s` says when to try again."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


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
    refuse_if_full(Post.objects.by(author), ((60, POSTS_A_MINUTE), (3600, POSTS_AN_HOUR)))
    if community.memberships.of(author).new().exists():
        refuse_if_full(Post.objects.by(author).in_community(community), ((3600, NEW_MEMBERS_POSTS_AN_HOUR),), TooNew)


def refuse_if_full(posts: PostQuerySet, limits: Iterable[tuple[int, int]], kind: type[TooFast] = TooFast) -> None:
    """Raises `kind` when there are as many of `posts` as one of the `limits` (seconds, number) allows."""
    now = timezone.now()
    for seconds, limit in limits:
        oldest = posts.since(now - timedelta(seconds=seconds)).order_by("-created_at")[limit - 1 : limit].first()
        if oldest:
            raise kind(int(seconds - (now - oldest.created_at).total_seconds()) + 1)
