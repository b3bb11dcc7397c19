"""What changed at a place while somebody has a page of it open: ids and states as they may see it now, no words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from notifications.models import Event

from .home import threads_now
from .post import Post
from .rights import Rights
from .summary import SummaryRevision
from .thread import Thread

MADE = {Event.Verb.STARTED, Event.Verb.REPLIED, Event.Verb.ANSWERED, Event.Verb.OPENED}
MIXED = {Event.Verb.SPLIT, Event.Verb.MERGED}
EVENTS_AT_MOST = 300  # more than a page follows one by one; then it asks its reader to load it again


@dataclass(frozen=True)
class Changes:
    """`events` are the ids of what happened since, `posts` and `threads` those that it happened to. `made` are the ids
    of the posts that were written since, `mixed` those of the threads whose posts went elsewhere or came from there,
    `left` those of the page's threads that are not at its place any more, each with the thread where its reader may see
    it now."""

    seq: int
    events: list[int]
    is_cut: bool
    posts: list[Post]
    made: set[int]
    mixed: set[int]
    threads: list[Thread]
    left: dict[int, Thread | None]

    @classmethod
    def since(cls, seq: int, place: Any, user: Any, *, rights: Rights, shown: set[int]) -> "Changes":
        """What happened at `place`, which `user` may see, after the event `seq`. Their page shows the threads with the
        ids `shown`. Answers that they are asked to read after their own are left out, and words of people whom
        they have blocked."""
        events = list(Event.objects.told_since(seq, place)[:EVENTS_AT_MOST])
        posts = list(Post.objects.at(place).with_ids(ids_of(Post, events)).wanted_by(user).without_words())
        told = {post.thread_id for post in posts} | ids_of(Thread, events) | distilled_in(events)
        visible = Thread.objects.visible_to(user)
        here = {t.pk: t for t in visible.at(place).with_ids(told | shown).knowing_answers_of(user.pk)}
        for post in posts:
            post.thread = here.get(post.thread_id, post.thread)
        return cls(
            seq=max([seq, *(event.pk for event in events)]),
            events=[event.pk for event in events],
            is_cut=len(events) == EVENTS_AT_MOST,
            made=ids_of(Post, [event for event in events if event.verb in MADE]),
            posts=[post for post in posts if post.thread_id in here and rights.shows(post)],
            mixed=ids_of(Thread, [event for event in events if event.verb in MIXED]),
            threads=[thread for pk, thread in here.items() if pk in told],
            left=where_now(shown - here.keys(), visible),
        )


def ids_of(model: Any, events: list[Event]) -> set[int]:
    kind = ContentType.objects.get_for_model(model).pk
    return {event.object_id for event in events if event.content_type_id == kind}


def distilled_in(events: list[Event]) -> set[int]:
    """Ids of the threads whose summaries were written."""
    ids = ids_of(SummaryRevision, events)
    return SummaryRevision.objects.thread_ids(ids) if ids else set()


def where_now(ids: set[int], visible: QuerySet[Thread]) -> dict[int, Thread | None]:
    found = threads_now(ids, visible.with_places()) if ids else {}  # type: ignore
    return {pk: found.get(pk) for pk in ids}
