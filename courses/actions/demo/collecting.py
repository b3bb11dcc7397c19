"""What the people of the demo collect, and keep for themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from community.actions import keep_bookmark, note_bookmark
from community.models import Bookmarkable, Place
from courses.models import UnitPlace
from notifications.models import Event
from resources.actions import add_item, make_collection
from resources.models import Collection, CollectionItem, Resource
from wiki.models import WikiPage

from ..authoring import edit_unit

COMMUNITY = "heron"


def collect(file: Mapping[str, Any], people: Mapping[str, User], now: datetime) -> None:
    """Make the collections of the file, show each in its unit, and keep the bookmarks; of what is there."""
    for row in file["collections"]:
        made_at, person = now - timedelta(days=row["days_ago"]), people[row["by"]]
        collection = make_collection(
            person=person,
            title=row["title"],
            words=row["words"].strip(),
            place=Place.objects.commons().get(community__slug=COMMUNITY),
            is_communitys=True,
            key=uuid4(),
        )
        for item in row["items"]:
            if target := thing(item):
                add_item(collection=collection, target=target, person=person, words=item["words"].strip())
        show(collection, row["unit"], person)
        date_back(collection, made_at)
    for row in file["bookmarks"]:
        if target := thing(row):
            note_bookmark(keep_bookmark(person=people[row["by"]], target=target), row.get("note", ""))


def thing(row: Mapping[str, Any]) -> Bookmarkable | None:
    """What a row names: a unit, a link, a wiki page or a collection of the cohort."""
    if "unit" in row:
        return UnitPlace.objects.filter(unit__slug=row["unit"], community__slug=COMMUNITY).first()
    if "url" in row:
        return Resource.objects.filter(url=row["url"], place__community__slug=COMMUNITY).first()
    if "wiki" in row:
        return WikiPage.objects.filter(title=row["wiki"], community__slug=COMMUNITY).first()
    return Collection.objects.filter(title=row["collection"]).first()


def show(collection: Collection, slug: str, person: User) -> None:
    """Let a unit end with the collection."""
    unit = UnitPlace.objects.select_related("unit").get(unit__slug=slug, community__slug=COMMUNITY).unit
    source = f"{unit.source.rstrip()}\n\n::collection{{{collection.pk}}}\n"
    edit_unit(unit=unit, author=person, source=source, version=unit.version)


def date_back(collection: Collection, when: datetime) -> None:
    Collection.objects.filter(pk=collection.pk).update(created_at=when, edited_at=when)
    CollectionItem.objects.filter(collection=collection).update(added_at=when, edited_at=when)
    shared = Event.objects.filter(content_type__model="collection", object_id=collection.pk)
    shared.update(created_at=when, fanned_out_at=when)
