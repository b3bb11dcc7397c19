"""What a conversation's own page is made of; see pieces."""

from collections.abc import Iterable
from typing import Any

from community.models import Membership
from pieces import Rows, among

from .thread import Thread

GUIDES = ",".join(f"'{role}'" for role in Membership.GUIDES)
TAKEN = "t.source_id = %s OR t.target_id = %s"


def rows_of_thread(thread_id: int, person: int) -> list[Rows]:
    """Those known before the page is made, as this person reads it. One query."""
    found = Thread.objects.filter(pk=thread_id).values_list("place__community", "place", "place__within").first()
    if found is None:
        return []
    community, place, within = found
    mine, there, this = (person,), (community,), (thread_id,)
    return [
        Rows("community.Community", "t.id = %s", there),
        Rows("community.Membership", f"t.community_id = %s AND t.role IN ({GUIDES})", there),
        among("community.Place", "id", [pk for pk in (place, within) if pk]),
        Rows("community.Bookmark", "t.person_id = %s AND t.kind = 'thread'", mine),
        Rows("discussions.Thread", "t.id = %s", this),
        Rows("discussions.Summary", "t.thread_id = %s", this),
        Rows("discussions.Transfer", f"({TAKEN})", (thread_id, thread_id)),
        Rows("discussions.Nomination", "t.thread_id = %s", this),
        Rows("discussions.ThreadRead", "t.person_id = %s AND t.thread_id = %s", (person, thread_id)),
        Rows("discussions.StillNew", "t.person_id = %s", mine),
        Rows("notifications.Event", "t.place_id = %s", (place,), last="id"),
        Rows("notifications.Following", "t.person_id = %s", mine),
    ]


def rows_on_page(thread: Any, posts: Iterable[Any], person: int) -> list[Rows]:
    """Those of a page of its posts, and of the people who wrote them."""
    shown = [*posts, *filter(None, (thread.answer, thread.answering))]
    ids, answered = {post.pk for post in shown}, {post.answers_to_id for post in shown} - {None}
    people = {thread.created_by_id, thread.moved_by_id, *(post.author_id for post in shown)}
    people |= {post.answers_to.author_id for post in shown if post.answers_to_id and post.answers_to}
    if thread.distilled:
        people |= {thread.distilled.begun_by_id, thread.distilled.helped_by_id}
    return [
        among("accounts.User", "id", people - {None}),
        among("discussions.Post", "id", ids | answered),
        among("discussions.Reaction", "post_id", ids, "t.person_id = %s", (person,)),
    ]
