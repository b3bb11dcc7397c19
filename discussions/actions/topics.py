"""Calling off a topic before anybody has seen it, and thinking better of that."""

from django.db import transaction

from accounts.models import User

from ..models import Post, Rights, Thread
from .locking import lock_thread
from .removing import NotTheirs, delete_post, restore_post


class HasOpened(Exception):
    """Everybody has been told of the topic by now."""


@transaction.atomic
def cancel_topic(*, by: User, thread: Thread) -> None:
    """Let a topic that has not opened yet not open: its words are removed, and `put_back_topic` undoes it. Locks the
    thread row. Raises NotTheirs and HasOpened. A second call changes nothing."""
    delete_post(by=by, post=opening_of_waiting(by, thread))


@transaction.atomic
def put_back_topic(*, by: User, thread: Thread) -> None:
    """Let a cancelled topic open after all, on its day. Raises NotTheirs, also where its author cancelled it and `by`
    is somebody else; and HasOpened when its day has begun. A second call changes nothing."""
    restore_post(by=by, post=opening_of_waiting(by, thread))


def opening_of_waiting(by: User, thread: Thread) -> Post:
    thread = lock_thread(thread.pk)
    if not Rights.at(thread.place, by).may_set_terms(thread):
        raise NotTheirs(thread)
    if not thread.is_scheduled:
        raise HasOpened(thread)
    return thread.posts.openings().get()
