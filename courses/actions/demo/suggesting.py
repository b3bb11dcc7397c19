"""What edits the people of the demo suggested, and what became of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import models

from accounts.models import User
from community.models import Place
from courses.models import Suggestion, Unit, UnitPlace, UnitRevision

from ..deciding import accept_suggestion, decline_suggestion
from ..suggesting import suggest

Act = Callable[[datetime], None]
Heard = Callable[[models.Model, datetime], None]
Row = Mapping[str, Any]


def happenings(row: Row, unit_place: UnitPlace, people: Mapping[str, User], heard: Heard) -> list[tuple[Row, Act]]:
    """A suggestion, and what became of it, if that is said: each with the row that says when."""
    found: list[tuple[Row, Act]] = [(row, partial(begin, row, unit_place, people, heard))]
    if row.get("decision"):
        found.append((row["decision"], partial(decide, row, people, heard)))
    return found


def begin(row: Row, unit_place: UnitPlace, people: Mapping[str, User], heard: Heard, when: datetime) -> None:
    unit = Unit.objects.get(pk=unit_place.unit_id)
    body = unit.source.replace(row["old"], row["new"])
    words = {"title": row["title"], "body": body, "version": unit.version, "key": uuid4()}
    made = suggest(author=people[row["by"]], unit_place=unit_place, **words)
    Suggestion.objects.filter(pk=made.pk).update(created_at=when)
    heard(made, when)


def decide(row: Row, people: Mapping[str, User], heard: Heard, when: datetime) -> None:
    given, suggestion = row["decision"], titled(row["title"])
    by = people[given["by"]]
    if given.get("reason"):
        decline_suggestion(by=by, suggestion=suggestion, version=1, reason=given["reason"])
        Suggestion.objects.filter(pk=suggestion.pk).update(declined_at=when)
    else:
        accept_suggestion(by=by, suggestion=suggestion, version=1)
        Suggestion.objects.filter(pk=suggestion.pk).update(accepted_at=when)
        UnitRevision.objects.filter(accepted_suggestions=suggestion.pk).update(created_at=when)
        Unit.objects.filter(pk=suggestion.unit.pk).update(edited_at=when)
    heard(suggestion, when)


def titled(title: str) -> Suggestion:
    return Suggestion.objects.for_review().get(title=title)


def place_of(title: str) -> Place:
    """Where a suggestion is talked about."""
    return Place.objects.select_related("community").get(suggestion__title=title)
