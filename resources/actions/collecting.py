"""Making collections, and putting things into them with a few words."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from community.actions import render_at
from community.models import Bookmarkable, Place
from markup import Profile, Rendered, render
from notifications.actions import record_event
from notifications.models import Event

from ..models import Collection, CollectionItem, Curator

EDITED = ["title", "source", "html", "renderer", "version", "place", "is_communitys", "edited_by", "edited_at"]


class TooMany(Exception):
    """A collection holds up to Collection.ITEMS_MAX things."""


class AlreadyIn(Exception):
    """What somebody adds is in the collection, with other words about it."""


def words_in(place: Place | None, source: str, profile: Profile) -> Rendered:
    """Words of a collection as they stand in pages; where a community sees it, with whom they mention there."""
    return render(source, profile) if place is None else render_at(place, source, profile)[0]


@transaction.atomic
def make_collection(
    *, person: User, title: str, key: UUID, words: str = "", place: Place | None = None, is_communitys: bool = False
) -> Collection:
    """A collection, with who made it as its first curator. Raises TooLong. A second call with the same `key` returns
    the first's."""
    rendered = words_in(place, words, Profile.POST)
    collection, made = Collection.objects.get_or_create(
        made_by=person,
        key=key,
        defaults={
            "title": title,
            "source": words,
            "html": rendered.html,
            "renderer": rendered.version,
            "place": place,
            "is_communitys": is_communitys and place is not None,
            "edited_by": person,
        },
    )
    if made:
        Curator.objects.create(collection=collection, person=person, invited_by=person, accepted_at=timezone.now())
        tell_of(collection, person)
    return collection


@transaction.atomic
def edit_collection(
    *, collection: Collection, person: User, version: int, title: str, words: str, **shared: Any
) -> Collection:
    """Save its title and its words on top of `version`; `shared` is who sees it, where that is for `person` to say.

    Raises TooLong, and EditConflict when it is at another version by now. Locks its row.
    """
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    collection.refuse_stale(version)
    before = collection.place_id
    for name, value in shared.items():
        setattr(collection, name, value)
    collection.is_communitys = collection.is_communitys and collection.place is not None
    rendered = words_in(collection.place, words, Profile.POST)
    collection.title, collection.source = title, words
    collection.html, collection.renderer = rendered.html, rendered.version
    collection.version += 1
    collection.edited_by, collection.edited_at = person, timezone.now()
    collection.save(update_fields=EDITED)
    if collection.place_id != before:
        tell_of(collection, person)
    return collection


def tell_of(collection: Collection, person: User) -> None:
    """Note that its community can see it now; nobody is told."""
    if collection.place:
        record_event(Event.Verb.SHARED, actor=person, place=collection.place, target=collection, tells=False)


def remove_collection(collection: Collection) -> None:
    """Take it away from everybody; who made it can bring it back for a day."""
    collection.removed_at = timezone.now()
    collection.save(update_fields=["removed_at"])


def restore_collection(collection: Collection) -> None:
    collection.removed_at = None
    collection.save(update_fields=["removed_at"])


@transaction.atomic
def add_item(*, collection: Collection, target: Bookmarkable, person: User, words: str = "") -> CollectionItem:
    """Put something at the end of a collection. What is in it stays as it is and where it is; what was taken out comes
    back, at the end and with the words there are.

    Raises TooLong, TooMany, and AlreadyIn where there are other words about it. Locks the collection's row, so that
    each item has a position of its own.
    """
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    item = collection.items.filter(kind=target.bookmark_kind, object_id=target.pk).first()
    if item and item.removed_at is None:
        if words not in ("", item.source):
            raise AlreadyIn(item)
        return item
    last = collection.items.aggregate(last=Max("position"))["last"] or 0
    if item is None:
        if collection.items.standing().count() >= Collection.ITEMS_MAX:
            raise TooMany(collection)
        item = CollectionItem(collection=collection, kind=target.bookmark_kind, object_id=target.pk, added_by=person)
    item.position, item.removed_at = last + 1, None
    write(item, words or item.source, person=person, place=collection.place)
    item.save()
    return item


def write(item: CollectionItem, words: str, *, person: User, place: Place | None) -> None:
    """Let these be the words about an item; the caller saves it."""
    rendered = words_in(place, words, Profile.NOTE)
    item.source, item.html, item.renderer = words, rendered.html, rendered.version
    item.edited_by, item.edited_at = person, timezone.now()


@transaction.atomic
def edit_item(*, item: CollectionItem, person: User, version: int, words: str) -> CollectionItem:
    """Save words about an item on top of `version`. Raises TooLong, and EditConflict when they are at another version
    by now. Locks its row."""
    item = CollectionItem.objects.select_for_update(of=("self",)).select_related("collection__place").get(pk=item.pk)
    item.refuse_stale(version)
    write(item, words, person=person, place=item.collection.place)
    item.version += 1
    item.save(update_fields=["source", "html", "renderer", "version", "edited_by", "edited_at"])
    return item
