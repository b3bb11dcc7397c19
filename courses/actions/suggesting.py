"""Proposing edits of a unit's text."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from community.actions import discard_draft
from community.models import Community, EditConflict, Place
from discussions.actions import NotTheirs, TooFast
from notifications.actions import record_event
from notifications.models import Event

from ..models import Suggestion, UnitPlace

SUGGESTIONS_AN_HOUR = 20
NEW_MEMBERS_SUGGESTIONS_AN_HOUR = 5  # in the community that they are new to


class NothingChanged(Exception):
    """The text is the one that it goes on from."""


class Decided(Exception):
    """Something came of the suggestion meanwhile. `suggestion` is as it stands now."""

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


@transaction.atomic
def suggest(
    *, author: User, unit_place: UnitPlace, title: str, body: str, version: int, key: UUID, slot: str = ""
) -> Suggestion:
    """Propose `body` instead of the text that the unit had in `version`; who may change it hears of it.

    Locks the row of the unit's place: a second call with the same `key` returns the first's. Raises NotTheirs where
    `author` may not write, TooFast, and NothingChanged. The author's draft in `slot` is done with.
    """
    unit_place = locked(unit_place)
    again = Suggestion.objects.by(author).with_key(key).first()
    if again:
        return again
    if not unit_place.place.accepts_words_from(author):
        raise NotTheirs(unit_place)
    refuse_if_too_many(author, unit_place.community)
    revisions = unit_place.unit.revisions
    base = revisions.numbered(version).first() or revisions.newest_first()[0]
    if body == base.source:
        raise NothingChanged
    discard_draft(person=author, slot=slot)
    place = place_of_talk(unit_place, title, author)
    suggestion = Suggestion.objects.create(
        unit_place=unit_place, place=place, base=base, source=body, title=title, author=author, key=key
    )
    place.path = suggestion.path
    place.save(update_fields=["path"])
    UnitPlace.objects.filter(pk=unit_place.pk).update(open_suggestions=F("open_suggestions") + 1)
    record_event(Event.Verb.SUGGESTED, actor=author, place=place, target=suggestion)
    return suggestion


def locked(unit_place: UnitPlace) -> UnitPlace:
    """The row with what stands around it. Locked alone, so that its place's row stays free for who writes there."""
    UnitPlace.objects.select_for_update().get(pk=unit_place.pk)
    return UnitPlace.objects.select_related("unit", "place", "community").get(pk=unit_place.pk)


def place_of_talk(unit_place: UnitPlace, title: str, author: User) -> Place:
    """Where a suggestion is talked about; its path is set when there is one."""
    return Place.objects.create(
        community=unit_place.community,
        kind=Place.Kind.SUGGESTION,
        title=title,
        path="",
        within=unit_place.place,
        begun_by=author,
    )


def refuse_if_too_many(author: User, community: Community) -> None:
    """Raises TooFast when `author` made as many suggestions in the last hour as one may."""
    is_new = community.memberships.of(author).new().exists()
    limit = NEW_MEMBERS_SUGGESTIONS_AN_HOUR if is_new else SUGGESTIONS_AN_HOUR
    now = timezone.now()
    lately = Suggestion.objects.by(author).since(now - timedelta(hours=1)).newest_first()
    oldest = lately[limit - 1 : limit].first()
    if oldest:
        raise TooFast(int(3600 - (now - oldest.created_at).total_seconds()) + 1)


@transaction.atomic
def revise_suggestion(*, by: User, suggestion: Suggestion, title: str, body: str, version: int) -> Suggestion:
    """Let its author word an open suggestion anew, on top of its `version`. Locks its row.

    Raises NotTheirs, NothingChanged when it is the unit's text again, Decided, and EditConflict when it is at another
    version by now. The same words again change nothing.
    """
    suggestion = lock_suggestion(suggestion)
    if suggestion.author != by or not suggestion.place.accepts_words_from(by):
        raise NotTheirs(suggestion)
    if not suggestion.is_open:
        raise Decided(suggestion)
    if (suggestion.title, suggestion.source) == (title, body):
        return suggestion
    if suggestion.version != version:
        raise EditConflict(suggestion)
    if body == suggestion.base.source:
        raise NothingChanged
    suggestion.title, suggestion.source = title, body
    suggestion.version, suggestion.edited_at = version + 1, timezone.now()
    suggestion.save(update_fields=["title", "source", "version", "edited_at"])
    suggestion.place.title = title
    suggestion.place.save(update_fields=["title"])
    record_event(Event.Verb.SUGGESTED, actor=by, place=suggestion.place, target=suggestion, tells=False)
    return suggestion


@transaction.atomic
def withdraw_suggestion(*, by: User, suggestion: Suggestion) -> Suggestion:
    """Let its author take an open suggestion back; done once, it stays so. Locks its row. Raises NotTheirs, Decided."""
    suggestion = lock_suggestion(suggestion)
    if suggestion.author != by or not suggestion.place.accepts_words_from(by):
        raise NotTheirs(suggestion)
    if suggestion.withdrawn_at:
        return suggestion
    if not suggestion.is_open:
        raise Decided(suggestion)
    suggestion.withdrawn_at = timezone.now()
    suggestion.save(update_fields=["withdrawn_at"])
    count_as_decided(suggestion)
    record_event(Event.Verb.SUGGESTED, actor=by, place=suggestion.place, target=suggestion, tells=False)
    return suggestion


def lock_suggestion(suggestion: Suggestion) -> Suggestion:
    """The row, locked alone, as it stands now, with what stands around it."""
    Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    return Suggestion.objects.for_review().get(pk=suggestion.pk)


def count_as_decided(suggestion: Suggestion) -> None:
    """One less is open at its unit; the caller holds the suggestion's lock and has given it an end."""
    UnitPlace.objects.filter(pk=suggestion.unit_place_id).update(open_suggestions=F("open_suggestions") - 1)
