"""How the conversations of the demo begin: by anybody, or by a guide who asks everybody, on terms."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from community.models import Place
from discussions.actions import pose, propose_topic, start_thread, vote
from discussions.models import Post, Thread


def start_at(row: Mapping[str, Any], when: datetime, *, author: User, place: Place, **about: Any) -> Post:
    return start_thread(author=author, place=place, kind=row["kind"], **words_of(row), **about)


def pose_at(row: Mapping[str, Any], when: datetime, *, author: User, place: Place, **about: Any) -> Post:
    """A prompt or a topic, asked at `when`. `opens_in` and `closes_in` are days from then; `days` is how long a topic
    is its community's."""
    terms: dict[str, Any] = {name: row[name] for name in ("answer_first", "is_anonymous") if name in row}
    for name in ("opens", "closes"):
        if f"{name}_in" in row:
            terms[f"{name}_at"] = when + timedelta(days=row[f"{name}_in"])
    if "days" in row:
        first = when.astimezone(author.zone).date()
        after = datetime.combine(first + timedelta(days=row["days"]), time(), author.zone)
        terms |= {"starts_on": first, "ends_on": first + timedelta(days=row["days"] - 1), "current_until": after}
    return pose(asker=author, place=place, kind=row["kind"], terms=terms, about=about, **words_of(row))


def propose_at(row: Mapping[str, Any], when: datetime, *, author: User, place: Place, **about: Any) -> Post:
    """A proposed topic; `too` are the handles of those who said “me too”."""
    post = propose_topic(author=author, place=place, **words_of(row))
    for person in User.objects.filter(handle__in=row.get("too", ())):
        vote(person=person, thread=post.thread, for_it=True)
    Thread.objects.filter(pk=post.thread_id).update(proposed_at=when)
    return post


def words_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": row["title"], "body": row["posts"][0]["body"].strip(), "key": uuid4()}


BEGINNINGS = {
    "prompt": pose_at,
    "topic": pose_at,
    "notice": pose_at,
    "proposal": propose_at,
}  # others begin by start_at
