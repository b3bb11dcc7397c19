"""Asking everybody of a place: prompts and topics, opened at once or later; and telling them something."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from community.actions import discard_draft
from community.models import Community, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Rights, Thread
from .locking import lock_thread
from .removing import NotTheirs
from .talking import add_post, made_before


@transaction.atomic
def pose(
    *,
    asker: User,
    place: Place,
    kind: str,
    title: str,
    body: str,
    key: UUID,
    terms: Mapping[str, Any],
    about: Mapping[str, Any] | None = None,
    slot: str = "",
    tells: bool = True,
    is_paced: bool = True,
) -> Post:
    """Ask a prompt, set a topic or announce something, on `terms` (fields of Terms); returns its first post, which
    carries the words.

    `about` says which block it hangs on, as the fields of a thread. With an `opens_at` still to come, members see it
    and hear of it then. Raises NotTheirs, TooFast and TooLong. A second call with the same `key` and words returns what
    the first one made. The asker's draft in `slot` is done with. With `tells` off nobody hears of it, as something else
    tells them. What was written before and is asked again in one go is not paced.
    """
    if not Rights.at(place, asker).may_pose:
        raise NotTheirs(place)
    discard_draft(person=asker, slot=slot)
    again, key = made_before(asker, key, body)
    if again:
        return again
    words = {"place": place, "kind": kind, "title": title, **(about or {})}
    times = opening_times(terms.get("opens_at"))
    thread, made = Thread.objects.get_or_create(created_by=asker, key=key, defaults={**words, **terms, **times})
    if not made:
        return asker.posts.get(key=key)
    verb = opening_verb(thread) if tells and not thread.is_waiting else None
    return add_post(thread, author=asker, body=body, key=key, verb=verb, is_paced=is_paced)


def announce(*, by: User, community: Community, title: str, body: str, key: UUID, slot: str = "") -> Post:
    """Tell a whole community something: a conversation in its commons, of which every member hears. Returns its first
    post.

    Raises NotTheirs unless `by` guides the community now, TooFast and TooLong. A second call with the same `key` and
    words returns what the first one made. The draft of `by` in `slot` is done with.
    """
    commons = community.places.commons().get()
    commons.community = community
    kind = Thread.Kind.NOTICE
    return pose(asker=by, place=commons, kind=kind, title=title, body=body, key=key, terms={}, slot=slot)


def opening_verb(thread: Thread) -> Event.Verb:
    return Event.Verb.ANNOUNCED if thread.is_announcement else Event.Verb.OPENED


def opening_times(opens_at: datetime | None) -> dict[str, datetime | None]:
    """When a thread opens, and when it did: at once, unless it is to be later."""
    now = timezone.now()
    if opens_at and opens_at > now:
        return {"opens_at": opens_at, "opened_at": None}
    return {"opens_at": now, "opened_at": now}


@transaction.atomic
def set_terms(*, by: User, thread: Thread, terms: Mapping[str, Any]) -> Thread:
    """Hold a prompt or a topic on other terms. Locks the thread row. Raises NotTheirs.

    When it opens can be changed until it has opened; a time that has passed by then opens it at once.
    """
    thread = lock_thread(thread.pk)
    if not Rights.at(thread.place, by).may_set_terms(thread):
        raise NotTheirs(thread)
    was_open = thread.is_open
    fields = [name for name in terms if name != "opens_at" or thread.is_waiting]
    for name in fields:
        setattr(thread, name, terms[name])
    if thread.opened_at is None and "opens_at" in fields and thread.opens_at is None:
        thread.opens_at = timezone.now()
    thread.save(update_fields=fields)
    open_if_due(thread)
    if thread.is_waiting:
        return thread
    verb = Event.Verb.CHANGED
    if thread.is_open != was_open:
        verb = Event.Verb.REOPENED if thread.is_open else Event.Verb.CLOSED
    record_event(verb, actor=by, place=thread.place, target=thread, tells=False)
    return thread


@transaction.atomic
def open_due_thread(thread_id: int) -> bool:
    """Open a thread whose time has come, and tell everybody of its place. Locks the thread row.

    Says whether it did; a second call does nothing.
    """
    return open_if_due(lock_thread(thread_id))


def open_if_due(thread: Thread) -> bool:
    """The caller holds the thread's lock. Counts, order and what is new begin with the opening."""
    if not thread.is_waiting or thread.is_scheduled:
        return False
    thread.opened_at = timezone.now()
    opens_at = thread.opens_at or thread.opened_at
    opening = thread.posts.filter(author=thread.created_by_id, key=thread.key)
    opening.update(created_at=opens_at)
    thread.created_at = opens_at
    thread.last_post_at = thread.posts.standing().last_at() or opens_at
    thread.save(update_fields=["opened_at", "created_at", "last_post_at"])
    if thread.post_count:
        counts = {"post_count": F("post_count") + thread.post_count, "thread_count": F("thread_count") + 1}
        Place.objects.filter(pk=thread.place_id).update(**counts)
        record_event(opening_verb(thread), actor=thread.created_by, place=thread.place, target=opening.get())
    return True
