"""Taking conversations along to a later cohort: putting them forward, asking their writers, showing them there."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import HiddenPerson, User
from community.models import Community, Place
from notifications.actions import mark_told_read, record_event
from notifications.models import Event

from ..models import CarriedThread, Consent, Nomination, Thread, communities_carried_between_by
from .locking import lock_thread
from .removing import NotTheirs


class StaysBehind(Exception):
    """Such a conversation can't be carried, or not to that place."""


@transaction.atomic
def nominate(*, by: User, thread: Thread) -> Nomination:
    """Put a conversation forward. Those of its writers who were not asked in this community yet are asked now how
    their words may be shown, and hear of it. Raises StaysBehind. A second call changes nothing."""
    if not thread.may_be_carried:
        raise StaysBehind(thread)
    nomination, made = Nomination.objects.get_or_create(thread=thread, by=by)
    if nomination.taken_back_at:
        nomination.taken_back_at = None
        nomination.save(update_fields=["taken_back_at"])
    if made and ask_writers(nomination):
        record_event(Event.Verb.NOMINATED, actor=by, place=thread.place, target=nomination)
    return nomination


def ask_writers(nomination: Nomination) -> int:
    """Note that those are asked who write in the thread, may see it and have never been asked here; not the nominator,
    nor who has blocked them and would hear nothing of it: another nomination asks these. Returns how many."""
    thread = nomination.thread
    writers = thread.posts.standing().order_by().values("author")  # type: ignore[attr-defined]
    return len(ask(writers, thread.place, by=nomination.by, nomination=nomination))


def ask(writers: Any, place: Place, *, by: User, nomination: Nomination | None = None) -> list[int]:
    """Note that those of `writers` (ids) are asked who may see `place` and have never been asked in its community; not
    `by`, nor who has blocked them. Returns the ids of those."""
    people = place.readers().filter(user__in=writers).exclude(user=by)
    people = people.exclude(user__in=Consent.objects.of(place.community).values("person"))
    people = people.exclude(user__in=HiddenPerson.objects.hiding(by.pk))
    asked = list(people.values_list("user", flat=True))
    rows = [Consent(person_id=person, community=place.community, asked_by=nomination) for person in asked]
    Consent.objects.bulk_create(rows, ignore_conflicts=True)
    return asked


def take_back_nomination(*, by: User, thread: Thread) -> None:
    """Put a conversation forward no longer. What was asked by it stays asked; what was carried stays carried."""
    Nomination.objects.of_threads([thread]).by(by).standing().update(taken_back_at=timezone.now())


@transaction.atomic
def consent(*, by: User, community: Community, choice: str) -> Consent:
    """Note how somebody's words of this community may be shown to later cohorts. It holds from the next reading on."""
    answer = {"choice": choice, "changed_at": timezone.now()}
    given, _made = Consent.objects.update_or_create(person=by, community=community, defaults=answer)
    mark_told_read(by, Nomination.objects.in_community(community))
    return given


@transaction.atomic
def carry_thread(*, by: User, thread: Thread, place: Place) -> CarriedThread:
    """Show a conversation at `place`, where a later cohort reads the same text, or in the commons of a community of
    practice. Raises NotTheirs unless `by` may carry from and to both communities, and StaysBehind. A second call
    returns the first's. Locks the thread row."""
    thread = lock_thread(thread.pk)
    refuse_unless_carried_between(by, thread.place, place)
    if not thread.may_be_carried or not place.takes_talk_of(thread.place):
        raise StaysBehind(thread)
    where = {"stood_at": thread.place, "carried_by": by}
    carried, made = CarriedThread.objects.get_or_create(source=thread, place=place, defaults=where)
    if made:
        count_carried(place.pk, 1)
        record_event(Event.Verb.CARRIED, actor=by, place=place, target=place, tells=False)  # names nothing of it
    return carried


@transaction.atomic
def take_back_carried(*, by: User, carried: CarriedThread) -> None:
    """Show a carried conversation no longer. Raises NotTheirs unless `by` may carry from or to there. A second call
    changes nothing."""
    refuse_unless_at_either_end(by, carried.stood_at, carried.place)
    deleted, _rows = CarriedThread.objects.filter(pk=carried.pk).delete()
    if deleted:
        count_carried(carried.place_id, -1)
        place = carried.place
        record_event(Event.Verb.LEFT_BEHIND, actor=by, place=place, target=place, tells=False)


def refuse_unless_carried_between(by: User, *places: Place) -> None:
    """Raises NotTheirs unless `by` may carry from and to the communities of both places; StaysBehind where that is
    one."""
    ends = {place.community_id for place in places}
    if Community.objects.filter(pk__in=communities_carried_between_by(by)).filter(pk__in=ends).count() < len(ends):
        raise NotTheirs(places)
    if len(ends) < 2:
        raise StaysBehind(places)


def refuse_unless_at_either_end(by: User, *places: Place) -> None:
    """Raises NotTheirs unless `by` may carry from or to one of the communities of these places."""
    ends = {place.community_id for place in places}
    if not Community.objects.filter(pk__in=communities_carried_between_by(by)).filter(pk__in=ends).exists():
        raise NotTheirs(places)


def count_carried(place_id: int, more: int) -> None:
    Place.objects.filter(pk=place_id).update(carried_count=F("carried_count") + more)
