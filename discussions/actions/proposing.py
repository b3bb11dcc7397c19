"""Proposing topics, and saying which comes next."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Place

from ..models import Post, Rights, Thread, Turn
from .locking import lock_thread
from .reacting import react, take_back
from .removing import NotTheirs
from .talking import ThreadClosed, start_thread


@transaction.atomic
def propose_topic(*, author: User, place: Place, title: str, body: str, key: UUID, slot: str = "") -> Post:
    """Propose a topic to the community of the commons `place`; everybody sees it, talks about it and may say “me too”.
    Raises ThreadClosed, TooFast and TooLong. A second call with the same `key` and words returns what the first made.
    The author's draft in `slot` is done with."""
    post = start_thread(
        author=author, place=place, title=title, body=body, key=key, kind=Thread.Kind.PROPOSAL, slot=slot
    )
    Thread.objects.numbered(post.thread_id).filter(proposed_at=None).update(proposed_at=post.created_at)
    return post


@transaction.atomic
def vote(*, person: User, thread: Thread, for_it: bool) -> None:
    """Say “me too” to a proposed topic, or take that back. Locks the thread row. Raises NotTheirs, and ThreadClosed
    when it is not waiting for its turn any more. A second call changes nothing."""
    act = react if for_it else take_back
    act(person=person, post=waiting(thread).posts.openings().get(), word="me_too")


@transaction.atomic
def pick_topic(*, by: User, thread: Thread, first: bool) -> None:
    """Put a proposed topic before those that nobody put first, or let its votes count again; for guides, and for who
    hosts this week or the next. Locks the thread row. Raises NotTheirs and ThreadClosed. A second call changes
    nothing."""
    if not may_pick(by, thread.place):
        raise NotTheirs(thread)
    thread = waiting(thread)
    thread.picked_at = (thread.picked_at or timezone.now()) if first else None
    thread.save(update_fields=["picked_at"])


def may_pick(person: User, place: Place) -> bool:
    """Whether it is for them to say what comes first."""
    rights = Rights.at(place, person)
    turns = Turn.objects.in_community(place.community).near(timezone.localdate()).of(person)
    return rights.may_pose or (rights.may_write and turns.exists())


def waiting(thread: Thread) -> Thread:
    """The proposal as it is now, locked."""
    thread = lock_thread(thread.pk)
    if not Thread.objects.proposals().numbered(thread.pk).exists():
        raise ThreadClosed(thread)
    return thread
