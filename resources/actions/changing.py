"""Changing what one shared, and taking it away again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import render_at
from community.models import Community, EditConflict
from markup import Profile
from notifications.actions import record_event
from notifications.models import Event

from ..models import Resource, Sharing
from .finding import tag_resource
from .naming import name_talk


class NotTheirs(Exception):
    """Not for this person to change."""


@transaction.atomic
def edit(
    *, by: User, resource: Resource, version: int, title: str, tags: list[str], why: str | None = None,
    text: str | None = None,
) -> Resource:  # fmt: skip
    """Save what a resource is called, its tags, `by`'s own reason and, where it is their note, its text, on top of
    `version`. None leaves the words as they are. Locks the community row, as sharing does.

    Raises TooLong, NotTheirs, and EditConflict when somebody saved another version meanwhile.
    """
    resource = locked(resource)
    may = resource.may_from(by)
    if "edit" not in may:
        raise NotTheirs(resource)
    if resource.version != version:
        raise EditConflict(resource)
    own = resource.sharings.standing().by(by).newest()
    if why is not None and own is not None and own.source != why:
        put_reason(own, why)
    if text is not None and "text" in may:
        resource.source, resource.html = text, render_at(resource.place, text, Profile.NOTE)[0].html
    resource.title, resource.version = title or resource.opening(), version + 1
    resource.save(update_fields=["title", "source", "html", "version"])
    tag_resource(resource, tags, all_of_them=True)
    return named(resource, by=by)


def put_reason(sharing: Sharing, why: str) -> None:
    """Nobody is told of an edit; who is named in it by now is known, for what is told later."""
    rendered, mentioned = render_at(sharing.resource.place, why, Profile.NOTE)
    sharing.source, sharing.html, sharing.renderer = why, rendered.html, rendered.version
    sharing.save(update_fields=["source", "html", "renderer"])
    sharing.mentioned.set(mentioned)


@transaction.atomic
def remove_sharing(*, by: User, sharing: Sharing) -> None:
    """Take somebody's reason away; with the last one the resource is on no shelf. Raises NotTheirs."""
    resource = locked(sharing.resource)
    if not sharing.may_be_removed_by(by, resource.place.community.guide_roles()):
        raise NotTheirs(sharing)
    mark(resource.sharings.standing().filter(pk=sharing.pk), by)
    named(resource, by=by)


@transaction.atomic
def restore_sharing(*, by: User, sharing: Sharing) -> None:
    """Undo that. Raises NotTheirs."""
    resource = locked(sharing.resource)
    if not sharing.may_be_restored_by(by, resource.place.community.guide_roles()):
        raise NotTheirs(sharing)
    mark(resource.sharings.filter(pk=sharing.pk), None)
    named(resource, by=by)


@transaction.atomic
def remove_resource(*, by: User, resource: Resource) -> None:
    """Take it off the shelf, whoever shared it; for guides. It can't be shared there again. Raises NotTheirs."""
    resource = locked(resource)
    if "remove" not in resource.may_from(by):
        raise NotTheirs(resource)
    mark(Resource.objects.filter(pk=resource.pk, removed_at=None), by)
    named(resource, by=by)


@transaction.atomic
def restore_resource(*, by: User, resource: Resource) -> None:
    """Undo that. Raises NotTheirs."""
    resource = locked(resource)
    if "remove" not in resource.may_from(by):
        raise NotTheirs(resource)
    mark(Resource.objects.filter(pk=resource.pk), None)
    named(resource, by=by)


def mark(rows: Any, by: User | None) -> None:
    """Note who removed `rows`; nobody brings them back."""
    rows.update(removed_at=timezone.now() if by else None, removed_by=by)


def locked(resource: Resource) -> Resource:
    Community.objects.select_for_update(no_key=True).get(pk=resource.place.community_id)
    return Resource.objects.with_places().get(pk=resource.pk)


def named(resource: Resource, *, by: User) -> Resource:
    """With its name where it is talked about; open pages follow."""
    resource.refresh_from_db(fields=["removed_at"])
    name_talk(resource)
    record_event(Event.Verb.CHANGED, actor=by, place=resource.talk, target=resource, tells=False)
    return resource
