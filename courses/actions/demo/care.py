"""What the people of the demo asked the guides to look at, and what these decided."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models

from accounts.models import User
from discussions.actions import Decision, decide, flag_post
from discussions.models import Flag, Post

Act = Callable[[datetime], None]
Heard = Callable[[models.Model, datetime], None]


def happenings(row: Mapping[str, Any], people: Mapping[str, User], heard: Heard) -> list[tuple[Mapping[str, Any], Act]]:
    """A flag, and the decision that answers it, if there is one: each with the row that says when."""
    found: list[tuple[Mapping[str, Any], Act]] = [(row, partial(flag, row, people, heard))]
    if row.get("decision"):
        found.append((row["decision"], partial(answer, row, people, heard)))
    return found


def flag(row: Mapping[str, Any], people: Mapping[str, User], heard: Heard, when: datetime) -> None:
    made = flag_post(by=people[row["by"]], post=flagged(row), why=row["why"], words=row["words"].strip())
    Flag.objects.filter(pk=made.pk).update(created_at=when)
    heard(made, when)


def answer(row: Mapping[str, Any], people: Mapping[str, User], heard: Heard, when: datetime) -> None:
    given = row["decision"]
    decision = Decision(given["act"], given["reason"].strip())
    heard(decide(by=people[given["by"]], post=flagged(row), decision=decision, at=when), when)


def flagged(row: Mapping[str, Any]) -> Post:
    """The post of the community in which the row's `post` stands."""
    posts = Post.objects.filter(thread__place__community__slug=row["community"], source__contains=row["post"])
    return posts.select_related("thread__place__community").get()
