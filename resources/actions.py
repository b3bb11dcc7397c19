from uuid import UUID

from django.db import transaction

from accounts.models import User
from community.actions import render_at
from community.models import Place
from markup import Profile
from notifications.actions import record_event
from notifications.models import Event

from .models import Resource


@transaction.atomic
def share_link(*, sharer: User, place: Place, url: str, title: str, why: str, tags: list[str], key: UUID) -> Resource:
    """Put a link on the shelf of `place`. Raises TooLong. A second call with the same `key` returns the first's."""
    rendered, _mentioned = render_at(place, why, Profile.NOTE)
    resource, made = Resource.objects.get_or_create(
        shared_by=sharer,
        key=key,
        defaults={
            "place": place,
            "url": url,
            "title": title,
            "source": why,
            "html": rendered.html,
            "renderer": rendered.version,
        },
    )
    if made:
        resource.tags.set(tags)
        record_event(Event.Verb.SHARED, actor=sharer, place=place, target=resource)
    return resource
