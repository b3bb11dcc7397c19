"""What authors do with suggestions."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import EditConflict
from discussions.actions import NotTheirs
from notifications.actions import record_event
from notifications.models import Event

from ..models import Suggestion, Unit
from .authoring import lock_unit, write
from .suggesting import Decided, count_as_decided, lock_suggestion


class TextsDiffer(Exception):
    """The unit has changed where the suggestion changes it, so somebody has to choose. `unit` is as it stands now."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.unit = unit


@transaction.atomic
def accept_suggestion(*, by: User, suggestion: Suggestion, version: int) -> Suggestion:
    """Let the unit be as the suggestion, which the decider saw in `version`, would have it; what else has changed in
    the unit since it was written stays. Its author is told, and named in the unit's history.

    Done once, it stays so. Locks the rows of the unit and of the suggestion. Raises NotTheirs, Decided, EditConflict
    when its author has changed it meanwhile, TextsDiffer, and TooLong.
    """
    unit, suggestion = locked_for_decision(by, suggestion)
    if suggestion.accepted_at:
        return suggestion
    refuse_moved_on(suggestion, version)
    merged = suggestion.merge_into(unit)
    if merged.conflicts:
        raise TextsDiffer(unit)
    return take_over(suggestion, unit, merged.text(), by=by)


@transaction.atomic
def accept_changed(*, by: User, suggestion: Suggestion, version: int, body: str, unit_version: int) -> Suggestion:
    """Accept a suggestion with changes: the unit becomes `body`, which goes on from its `unit_version`.

    Raises EditConflict when the suggestion, and TextsDiffer when the unit is at another version by now; else as
    `accept_suggestion`.
    """
    unit, suggestion = locked_for_decision(by, suggestion)
    if suggestion.accepted_at:
        return suggestion
    refuse_moved_on(suggestion, version)
    if unit.version != unit_version:
        raise TextsDiffer(unit)
    return take_over(suggestion, unit, body, by=by)


@transaction.atomic
def decline_suggestion(*, by: User, suggestion: Suggestion, version: int, reason: str) -> Suggestion:
    """Say no, and why; its author is told. Done once, it stays so. Raises NotTheirs, Decided, EditConflict."""
    _unit, suggestion = locked_for_decision(by, suggestion)
    if suggestion.declined_at:
        return suggestion
    refuse_moved_on(suggestion, version)
    suggestion.declined_at, suggestion.declined_by, suggestion.reason = timezone.now(), by, reason
    suggestion.save(update_fields=["declined_at", "declined_by", "reason"])
    count_as_decided(suggestion)
    record_event(Event.Verb.DECLINED, actor=by, place=suggestion.place, target=suggestion)
    return suggestion


def locked_for_decision(by: User, suggestion: Suggestion) -> tuple[Unit, Suggestion]:
    """Unit and suggestion as they stand now, locked in this order. Raises NotTheirs."""
    unit = lock_unit(suggestion.unit_place.unit_id)
    if not unit.course.may_be_edited_by(by):
        raise NotTheirs(suggestion)
    return unit, lock_suggestion(suggestion)


def refuse_moved_on(suggestion: Suggestion, version: int) -> None:
    """Raises Decided, or EditConflict unless `version` is the newest."""
    if not suggestion.is_open:
        raise Decided(suggestion)
    if suggestion.version != version:
        raise EditConflict(suggestion)


def take_over(suggestion: Suggestion, unit: Unit, text: str, *, by: User) -> Suggestion:
    """Write unit and suggestion; the caller holds both locks. A text that stands already makes no revision."""
    if text != unit.source:
        write(unit, source=text, author=by, suggested_by=suggestion.author, note=suggestion.title)
    suggestion.accepted_at, suggestion.accepted_by = timezone.now(), by
    suggestion.revision = unit.revisions.numbered(unit.version).get()
    suggestion.save(update_fields=["accepted_at", "accepted_by", "revision"])
    count_as_decided(suggestion)
    record_event(Event.Verb.TAKEN, actor=by, place=suggestion.place, target=suggestion)
    return suggestion
