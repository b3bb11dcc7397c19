from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from community.actions import render_at
from community.models import Community, Place, PlaceFile
from markup import Profile
from notifications.actions import record_event
from notifications.models import Event

from ..models import Resource, Sharing, fingerprint
from .finding import tag_resource
from .naming import name_talk
from .pacing import refuse_if_too_fast
from .previewing import ask_preview


class RemovedHere(Exception):
    """What somebody shares was removed from this shelf by a guide."""


@transaction.atomic
def share(
    *, sharer: User, place: Place, key: UUID, url: str = "", text: str = "", file: PlaceFile | None = None,
    title: str = "", why: str = "", tags: Iterable[str] = (),
) -> Sharing:  # fmt: skip
    """Put the link `url`, the `file`, or else the note `text`, on the shelf of `place`, and say why.

    A link or a file that is on it already is shared once more, whatever it is called; its tags are added to. The same
    words by the same person, or a second call with the same `key`, give what the first made. Locks the community row,
    so that of those who share one link at once each gets the one resource. Raises TooLong, TooFast, and RemovedHere.
    """
    community = Community.objects.select_for_update(no_key=True).get(pk=place.community_id)
    again = sharer.sharings.filter(key=key).select_related("resource__place__community").first()
    if again:
        return again
    resource = resource_at(place, shared_by=sharer, url=url, source=text, file=file, title=title)
    said = Sharing.objects.standing().of(resource).by(sharer).saying(why).first()
    if not said:
        refuse_if_too_fast(sharer, community)
    tag_resource(resource, list(tags), all_of_them=False)
    if said:
        said.resource = resource
        return said
    rendered, mentioned = render_at(place, why, Profile.NOTE)
    words = {"source": why, "html": rendered.html, "renderer": rendered.version}
    sharing = Sharing.objects.create(resource=resource, sharer=sharer, key=key, **words)
    sharing.mentioned.set(mentioned)
    name_talk(resource)
    record_event(Event.Verb.SHARED, actor=sharer, place=place, target=sharing)
    return sharing


def resource_at(place: Place, *, url: str, file: PlaceFile | None, **words: Any) -> Resource:
    """The resource that it is, made where there is none; the caller holds the lock."""
    same = file.sha256 if file else fingerprint(url) if url else ""
    there = place.resources.same_as(same).with_places().first() if same else None
    if there is None:
        kind = Resource.Kind.FILE if file else Resource.Kind.LINK if url else Resource.Kind.NOTE
        return new_resource(place, kind=kind, url=url, file=file, fingerprint=same, **words)
    if there.removed_at:
        raise RemovedHere(there)
    there.place = place
    return there


def new_resource(place: Place, *, title: str, source: str, **fields: Any) -> Resource:
    """A resource with a place to talk about it; who may not see its shelf does not see that place. Who shared it first
    hears when a conversation begins there."""
    rendered, _mentioned = render_at(place, source, Profile.NOTE)
    resource = Resource(place=place, source=source, html=rendered.html, renderer=rendered.version, **fields)
    resource.title = title or resource.opening()
    about = {"community_id": place.community_id, "kind": Place.Kind.RESOURCE, "title": resource.name, "within": place}
    resource.talk = Place.objects.create(begun_by=resource.shared_by, **about)
    resource.save()
    resource.talk.path = reverse("resource", args=[place.community.slug, resource.pk])
    resource.talk.save(update_fields=["path"])
    ask_preview(resource)
    if resource.file:
        PlaceFile.objects.filter(pk=resource.file.pk).note_used()
    return resource
