"""Taking along what people shared and wrote together: putting it forward, asking its writers, showing it later."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from community.models import Community, Place
from discussions.actions import StaysBehind, ask, consent, refuse_unless_at_either_end, refuse_unless_carried_between
from discussions.models import Consent
from notifications.actions import mark_told_read, record_event
from notifications.models import Event
from resources.models import Resource, Sharing

from ..models import (
    CarriedThing,
    CarriedUpload,
    Cohort,
    ThingNomination,
    communities_carried_to,
    places_in,
    writers_of,
)


@transaction.atomic
def nominate_thing(*, by: User, thing: Any) -> ThingNomination:
    """Put a resource or a wiki page forward. Those who wrote it and were not asked in this community yet are asked now
    how their words may be shown, and hear of it. Raises StaysBehind where no course is taken, or it was taken back. A
    second call changes nothing."""
    if not may_be_carried(thing):
        raise StaysBehind(thing)
    nomination, made = ThingNomination.objects.get_or_create(by=by, **ThingNomination.naming(thing))
    if nomination.taken_back_at:
        nomination.taken_back_at = None
        nomination.save(update_fields=["taken_back_at"])
    asked = ask(who_wrote(thing), thing.place, by=by) if made else []
    if asked:
        nomination.asked.set(Consent.objects.of(thing.place.community).not_given().filter(person__in=asked))
        record_event(Event.Verb.NOMINATED, actor=by, place=thing.place, target=nomination)
    return nomination


def may_be_carried(thing: Any) -> bool:
    is_there = thing.stands if isinstance(thing, Resource) else True
    return is_there and Cohort.objects.filter(community=thing.place.community_id).exists()


def who_wrote(thing: Any) -> list[int]:
    """Ids of the people whose words a thing is."""
    if isinstance(thing, Resource):
        return list(Sharing.objects.standing().of(thing).values_list("sharer", flat=True))
    return [person for person in writers_of(thing) if person]


def take_back_thing_nomination(*, by: User, thing: Any) -> None:
    """Put a thing forward no longer. What was asked by it stays asked; what was carried stays carried."""
    ThingNomination.objects.of_things([thing]).by(by).standing().update(taken_back_at=timezone.now())


@transaction.atomic
def choose(*, by: User, community: Community, choice: str) -> Consent:
    """Note how somebody's words of this community may be shown later, and that they know they were asked."""
    mark_told_read(by, ThingNomination.objects.in_community(community))
    return consent(by=by, community=community, choice=choice)


@transaction.atomic
def carry_things(*, by: User, things: Iterable[Any], to: Community) -> list[CarriedThing]:
    """Show each of these resources and wiki pages in another community; all or none. Raises NotTheirs and StaysBehind.
    What is there already stays as it is."""
    things = sorted(things, key=lambda thing: (thing.bookmark_kind, thing.pk))
    places = places_in(to, [thing.place for thing in things])
    return [carry_thing(by=by, thing=thing, place=place) for thing, place in zip(things, places, strict=True)]


def carry_thing(*, by: User, thing: Any, place: Place) -> CarriedThing:
    refuse_unless_carried_between(by, thing.place, place)
    if (
        not may_be_carried(thing)
        or not communities_carried_to(thing.place.community).filter(pk=place.community_id).exists()
    ):
        raise StaysBehind(thing)
    where = {"stood_at": thing.place, "carried_by": by}
    carried, made = CarriedThing.objects.get_or_create(place=place, defaults=where, **CarriedThing.naming(thing))
    if made:
        note_uploads(carried, thing)
        count_things(place, 1)
        record_event(Event.Verb.CARRIED, actor=by, place=place, target=place, tells=False)  # names nothing of it
    return carried


def note_uploads(carried: CarriedThing, thing: Any) -> None:
    """The pictures and files that it shows go along."""
    if isinstance(thing, Resource):
        files, images = [thing.file] if thing.file else [], []
    else:
        files, images = list(thing.files.all()), list(thing.images.all())
    rows = [CarriedUpload(carried=carried, file=file) for file in files]
    CarriedUpload.objects.bulk_create(rows + [CarriedUpload(carried=carried, image=image) for image in images])


@transaction.atomic
def take_back_carried_thing(*, by: User, carried: CarriedThing) -> None:
    """Show it there no longer. Raises NotTheirs unless `by` may carry from or to there. A second call changes
    nothing."""
    refuse_unless_at_either_end(by, carried.stood_at, carried.place)
    deleted, _rows = CarriedThing.objects.filter(pk=carried.pk).delete()
    if deleted:
        count_things(carried.place, -1)
        record_event(Event.Verb.LEFT_BEHIND, actor=by, place=carried.place, target=carried.place, tells=False)


def count_things(place: Place, more: int) -> None:
    Place.objects.filter(pk=place.pk).update(carried_things=F("carried_things") + more)
