"""Making a conversation of its own from some posts of one."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from community.models import Place
from notifications.actions import carry_levels, record_event
from notifications.models import Event

from ..models import Post, Rights, Thread, Transfer
from .locking import lock_thread
from .moving import StaysHere
from .removing import NotTheirs
from .taking import take_posts

ANCHOR = ("block_id", "quote", "quote_before", "quote_after", "is_about_words", "anchored_at", "block_left")
ACCEPTED = ("accepted_post", "accepted_by", "accepted_at")


@transaction.atomic
def split_thread(
    *,
    by: User,
    thread: Thread,
    ids: Collection[int],
    after: int | None = None,
    title: str,
    kind: str,
    place: Place,
    key: UUID,
) -> Thread:
    """Take the posts with these ids out of `thread`, and all that follow the one with the id `after`, and let them be
    a conversation of its own at `place`; returns it. Who may see them follows at once. What a thread began with stays.

    Locks the thread row. Raises NotTheirs unless `by` guides both ends, and StaysHere. A second call with the same
    `key` returns what the first one made.
    """
    thread = lock_thread(thread.pk)
    again = Transfer.objects.filter(by=by, key=key).select_related("target__place__community").first()
    if again:
        return again.target
    if not all(Rights.at(end, by).may_arrange for end in (thread.place, place)):
        raise NotTheirs(thread)
    if reason := thread.why_it_stays_whole:
        raise StaysHere(reason)
    posts = picked(thread, ids, after)
    begins_with = next((post for post in posts if not post.is_gone), None)
    if begins_with is None:
        raise StaysHere(_("Choose the posts that shall go."))
    made = begun_with(begins_with, thread, title=title, kind=kind, place=place)
    transfer = Transfer.objects.create(
        kind=Transfer.Kind.SPLIT, source=thread, target=made, key=key, by=by, **accepted_of(thread, posts)
    )
    transfer.posts.set(posts)
    take_answer(transfer)
    take_posts([post.pk for post in posts], thread, made)
    carry_levels(thread, made, at=transfer.at)
    record_event(Event.Verb.SPLIT, actor=by, place=thread.place, target=thread, tells=False)
    record_event(Event.Verb.SPLIT, actor=by, place=place, target=made, tells=False)
    return made


def picked(thread: Thread, ids: Collection[int], after: int | None) -> list[Post]:
    """In order, without what the thread began with."""
    wanted = Q(pk__in=ids)
    last = thread.posts.numbered(after).first() if after else None
    if last:
        wanted |= Q(pk__in=thread.posts.after(last).values("pk"))
    posts = list(thread.posts.filter(wanted).defer("source", "html").in_order())
    for post in posts:
        post.thread = thread
    return [post for post in posts if not post.is_opening]


def begun_with(post: Post, source: Thread, *, title: str, kind: str, place: Place) -> Thread:
    """A thread of which `post` is the opening; it hangs where `source` hangs, as far as `place` has that."""
    made = Thread(
        place=source.place,
        kind=kind,
        title=title,
        created_by=post.author,
        key=post.key,
        created_at=post.created_at,
        last_post_at=post.created_at,
        **{name: getattr(source, name) for name in ANCHOR},
    )
    if place.pk != source.place_id:
        made.carry_anchor(place)
        made.place = place
    made.save()
    return made


def accepted_of(thread: Thread, posts: Collection[Post]) -> dict[str, Any]:
    """What is accepted in `thread`, if it is among `posts`, as fields of both a thread and a transfer."""
    if thread.accepted_post_id not in {post.pk for post in posts}:
        return {}
    return {name: getattr(thread, name) for name in ACCEPTED}


def take_answer(transfer: Transfer) -> None:
    """Let the accepted answer that goes along stand in the other thread, where that is a question which it answers."""
    if transfer.accepted_post is None:
        return
    give_up_answer(transfer.source)
    transfer.accepted_post.thread = transfer.target
    if transfer.target.is_question and not transfer.accepted_post.is_opening:
        give_answer(transfer.target, transfer)


def give_up_answer(thread: Thread) -> None:
    thread.accepted_post = thread.accepted_by = thread.accepted_at = None
    thread.save(update_fields=ACCEPTED)


def give_answer(thread: Thread, transfer: Transfer) -> None:
    """Let what was accepted in the transfer's source stand as the answer of `thread`."""
    for name in ACCEPTED:
        setattr(thread, name, getattr(transfer, name))
    thread.save(update_fields=ACCEPTED)
