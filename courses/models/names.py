"""Where somebody's name stands beside words of theirs that others of a community read: the one table.

A test holds it against all models: what is not here is private to the person, or an act of a guide, which stays with
who did it.
"""

from typing import Any

from django.db.models import Model

from community.models import Place, PlaceFile, PlaceImage
from discussions.models import Post, PostRevision, Summary, SummaryRevision, Thread
from notifications.models import Event
from resources.models import Collection, CollectionItem, Resource, Sharing
from wiki.models import PageName, PageTemplate, Revision, WikiPage

from .revision import UnitRevision
from .suggestion import Suggestion
from .unit import Unit

# A model, how its rows lead to their community, its fields that name somebody, and which rows only.
NAMES: list[tuple[type[Model], str, tuple[str, ...], dict[str, Any]]] = [
    (Place, "community", ("begun_by",), {}),
    (PlaceFile, "place__community", ("uploaded_by",), {}),
    (PlaceImage, "place__community", ("uploaded_by",), {}),
    (Event, "place__community", ("actor",), {}),
    (Thread, "place__community", ("created_by", "closed_by", "accepted_by"), {}),
    (Post, "thread__place__community", ("author", "deleted_by"), {}),
    (PostRevision, "post__thread__place__community", ("author",), {}),
    (Summary, "thread__place__community", ("begun_by", "helped_by", "last_edited_by"), {}),
    (SummaryRevision, "summary__thread__place__community", ("author",), {}),
    (Resource, "place__community", ("shared_by",), {}),
    (Sharing, "resource__place__community", ("sharer",), {}),
    (Collection, "place__community", ("made_by", "edited_by"), {"is_communitys": True}),
    (CollectionItem, "collection__place__community", ("added_by", "edited_by"), {"collection__is_communitys": True}),
    (WikiPage, "community", ("begun_by", "helped_by", "last_edited_by"), {}),
    (Revision, "page__community", ("author",), {}),
    (PageName, "page__community", ("given_by",), {}),
    (PageTemplate, "community", ("edited_by",), {}),
    (Suggestion, "unit_place__community", ("author",), {}),
    (Unit, "course__owner", ("edited_by",), {}),
    (UnitRevision, "unit__course__owner", ("author",), {}),
    (UnitRevision, "accepted_suggestions__unit_place__community", ("suggested_by",), {}),
]
