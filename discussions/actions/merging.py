"""Bringing two conversations together."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from notifications.actions import carry_levels, record_event
from notifications.models import Event, Level

from ..models import Rights, Thread, Transfer
from .drafts import rename_drafts
from .locking import lock_threads
from .moving import StaysHere, rehome_thread
from .removing import NotTheirs
from .splitting import ACCEPTED, give_answer
from .taking import take_posts


@transaction.atomic
def merge_threads(*, by: User, thread: Thread, into: Thread, key: UUID) -> Thread:
    """Take all posts of `thread` into another conversation of its community, in order of time; returns that one. The
    address of the emptied one leads there. The answer accepted in `into` stays; if it is a question without one, that
    of `thread` is its answer.

    Locks the rows of both threads. Raises NotTheirs unless `by` guides both ends, and StaysHere. Merging what is merged
    already changes nothing.
    """
    threads = lock_threads([thread.pk, into.pk])
    thread, into = threads[thread.pk], threads[into.pk]
    if into.pk in (thread.pk, thread.merged_into_id):
        return into
    if not all(Rights.at(end.place, by).may_arrange for end in threads.values()):
        raise NotTheirs(thread)
    if reason := thread.why_it_stays_apart_from(into):
        raise StaysHere(reason)
    place = thread.place
    transfer = Transfer.objects.create(
        kind=Transfer.Kind.MERGE,
        source=thread,
        target=into,
        key=key,
        by=by,
        opening=thread.posts.filter(author=thread.created_by_id, key=thread.key).first(),
        **{name: getattr(thread, name) for name in ACCEPTED},
    )
    transfer.posts.set(thread.posts.all())
    if transfer.accepted_post and into.is_open_question:
        give_answer(into, transfer)
    take_in(thread, into, at=transfer.at)
    record_event(Event.Verb.MERGED, actor=by, place=into.place, target=into, tells=False)
    if into.place_id != place.pk:
        record_event(Event.Verb.MERGED, actor=by, place=place, target=place, tells=False)  # names nothing of what left
    return into


def take_in(thread: Thread, into: Thread, *, at: datetime) -> None:
    """Let all posts of `thread` stand in `into`, and its address lead there; who heard of everything in it does so in
    `into`, as of the moment `at`. Who wanted to hear less of it said so of it alone. The caller holds both locks.

    It gives up its key, which is that of its opening: another thread may begin with that post some day.
    """
    left = thread.place_id
    carry_levels(thread, into, at=at, levels=[Level.ALL])
    take_posts([post for post, _author in thread.posts.written()], thread, into)
    thread.accepted_post = thread.accepted_by = thread.accepted_at = None
    thread.merged_into, thread.key = into, uuid4()
    thread.save(update_fields=["merged_into", "key", *ACCEPTED])
    if into.place_id != left:
        rehome_thread(thread, into.place)
    rename_drafts(thread, into)
