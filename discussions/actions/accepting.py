"""Saying which post answers a question."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Thread
from .removing import NotTheirs, locked


@transaction.atomic
def accept_post(*, by: User, post: Post) -> Post:
    """Let `post` stand as the answer of its question, in the place of any other. Raises NotTheirs.

    Locks the thread row. A second call changes nothing.
    """
    post = locked(post)
    if not post.may_be_accepted_by(by):
        raise NotTheirs(post)
    if not post.is_accepted:
        note(post.thread, post, by)
        record_event(Event.Verb.ACCEPTED, actor=by, place=post.thread.place, target=post, tells=False)
    return post


@transaction.atomic
def unaccept_post(*, by: User, post: Post) -> Post:
    """Take the acceptance of `post` back: its question is open again. Raises NotTheirs. Runs again without effect."""
    post = locked(post)
    if not post.may_be_accepted_by(by):
        raise NotTheirs(post)
    if post.is_accepted:
        note(post.thread, None, None)
        record_event(Event.Verb.CHANGED, actor=by, place=post.thread.place, target=post, tells=False)
    return post


def note(thread: Thread, post: Post | None, by: User | None) -> None:
    """Write who accepted what and when; the caller holds the thread's lock."""
    thread.accepted_post, thread.accepted_by = post, by
    thread.accepted_at = timezone.now() if post else None
    thread.save(update_fields=["accepted_post", "accepted_by", "accepted_at"])
