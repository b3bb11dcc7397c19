"""Taking conversations to another place."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from community.models import Place
from notifications.actions import record_event, rehome_events
from notifications.models import Event

from ..models import Flag, Nomination, Post, PostRevision, Rights, SummaryRevision, Thread
from ..models.post import PostQuerySet
from .locking import lock_thread
from .removing import NotTheirs

Shares = tuple[int, int]


class StaysHere(Exception):
    """The thread can't be taken away; the message says why to whoever tried."""


@transaction.atomic
def move_thread(*, by: User, thread: Thread, place: Place) -> Thread:
    """Take a thread to another place. Who may see it follows at once, and so do the counters of both places and all
    that was told of it. Moving it back undoes it.

    Locks the thread row, then the rows of both places by id. Raises NotTheirs unless `by` guides both ends, and
    StaysHere. Moving it to where it stands changes nothing.
    """
    thread = lock_thread(thread.pk)
    old = thread.place
    if not all(Rights.at(end, by).may_arrange for end in (old, place)):
        raise NotTheirs(thread)
    if old.pk == place.pk:
        return thread
    if reason := thread.why_it_stays_out_of(place):
        raise StaysHere(reason)
    thread.carry_anchor(place)
    undone = thread.moved_from_id == place.pk
    thread.moved_from, thread.moved_by = (None, None) if undone else (old, by)
    thread.moved_at = None if undone else timezone.now()
    thread.place = place
    fields = ["place", "block_id", "anchored_at", "block_left", "moved_from", "moved_at", "moved_by"]
    thread.save(update_fields=fields)
    count_at({old.pk: less(thread.share), place.pk: thread.share})
    rehome(Post.objects.in_threads([thread]), place)
    rehome_thread(thread, place)
    record_event(Event.Verb.MOVED, actor=by, place=old, target=old, tells=False)  # names nothing of what left
    record_event(Event.Verb.MOVED, actor=by, place=place, target=thread, tells=False)
    return thread


def rehome(posts: PostQuerySet, place: Place) -> None:
    """Let all that hangs on `posts` belong to `place`, where they stand now."""
    rehome_events(posts, place)
    rehome_events(PostRevision.objects.of_posts(posts), place)
    rehome_events(Flag.objects.of_posts(posts), place)


def rehome_thread(thread: Thread, place: Place) -> None:
    """The same for the thread itself, without its posts."""
    rehome_events(Thread.objects.numbered(thread.pk), place)
    rehome_events(SummaryRevision.objects.of_threads([thread]), place)
    rehome_events(Nomination.objects.of_threads([thread]), place)


def less(share: Shares) -> Shares:
    return -share[0], -share[1]


def count_at(shares: Mapping[int, Shares]) -> None:
    """Add to the counters of places: id → posts, threads. Takes their rows in the order of their ids."""
    for place, (posts, threads) in sorted(shares.items()):
        counts = {"post_count": F("post_count") + posts, "thread_count": F("thread_count") + threads}
        Place.objects.filter(pk=place).update(**counts)
