"""Curating a collection together."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Membership, Place, communities_of, places_visible_to
from notifications.actions import record_event
from notifications.models import Event

from ..models import Collection, Curator


class Nobody(Exception):
    """Nobody whom one may ask has this handle."""


def person_to_ask(collection: Collection, handle: str, *, asked_by: User) -> User:
    """Who can be asked to curate it: whoever sees it as its community does, or shares a community with `asked_by` where
    only its curators see it. Raises Nobody."""
    people = Membership.objects.current().filter(user__is_active=True, user__handle=handle)
    if collection.place:
        people = people.filter(pk__in=collection.place.readers().values("pk"))
    else:
        people = people.filter(community__in=communities_of(asked_by))
    membership = people.exclude(user=asked_by.pk).with_people().first()
    if membership is None:
        raise Nobody(handle)
    return membership.user


@transaction.atomic
def ask_to_curate(*, collection: Collection, handle: str, asked_by: User) -> Curator:
    """Ask somebody to curate it, too; they hear of it. Twice asks once. Raises Nobody."""
    person = person_to_ask(collection, handle, asked_by=asked_by)
    asked = {"invited_by": asked_by, "invited_at": timezone.now(), "accepted_at": None, "left_at": None}
    curator, made = Curator.objects.get_or_create(collection=collection, person=person, defaults=asked)
    if not made and curator.left_at is None:
        return curator
    if not made:
        Curator.objects.filter(pk=curator.pk).update(**asked)
        curator.refresh_from_db()
    both = Place.objects.visible_to(asked_by).filter(pk__in=places_visible_to(person)).commons()
    place = collection.place or both.order_by("pk").first()
    if place:
        record_event(Event.Verb.SHARED, actor=asked_by, place=place, target=curator)
    return curator


def accept_curating(curator: Curator) -> None:
    if curator.accepted_at is None:
        curator.accepted_at = timezone.now()
        curator.save(update_fields=["accepted_at"])


def leave_curating(curator: Curator) -> None:
    """Decline, or curate it no longer; who made it, or the community, asks again if that was a mistake."""
    curator.left_at = timezone.now()
    curator.save(update_fields=["left_at"])
