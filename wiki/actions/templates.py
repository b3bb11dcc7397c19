"""What new pages can begin with: guides write it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Community, EditConflict
from notifications.actions import record_event
from notifications.models import Event

from ..models import PageTemplate


@transaction.atomic
def create_template(*, by: User, community: Community, title: str, body: str, key: UUID) -> PageTemplate:
    """A second call with the same `key` returns the first's."""
    template, made = PageTemplate.objects.get_or_create(
        community=community, key=key, defaults={"title": title, "body": body, "edited_by": by}
    )
    if made:
        note(template, by=by)
    return template


@transaction.atomic
def edit_template(*, by: User, template: PageTemplate, title: str, body: str, version: int) -> PageTemplate:
    """Save on top of `version`. Raises EditConflict with the template as it stands. Saving the same again changes
    nothing. Locks its row, and for a starter that nobody changed yet the community's."""
    template = locked(template, by=by)
    if (template.title, template.body) == (title, body):
        return template
    if template.version != version:
        raise EditConflict(template)
    template.title, template.body, template.version = title, body, version + 1
    put(template, "title", "body", "version", by=by)
    return template


@transaction.atomic
def take_template(*, by: User, template: PageTemplate) -> None:
    """Offer it no more; pages that began with it stay."""
    template = locked(template, by=by)
    if not template.taken_at:
        template.taken_at = timezone.now()
        put(template, "taken_at", by=by)


@transaction.atomic
def bring_template_back(*, by: User, template: PageTemplate) -> None:
    template = locked(template, by=by)
    if template.taken_at:
        template.taken_at = None
        put(template, "taken_at", by=by)


def locked(template: PageTemplate, *, by: User) -> PageTemplate:
    """Its row, made where it is a starter that has none."""
    if template.pk is None:
        Community.objects.select_for_update(no_key=True).get(pk=template.community_id)
        as_it_comes = {"title": template.title, "body": template.body, "version": 0, "edited_by": by}
        template, _made = PageTemplate.objects.get_or_create(
            community_id=template.community_id, starter=template.starter, defaults=as_it_comes
        )
    return PageTemplate.objects.select_for_update().get(pk=template.pk)


def put(template: PageTemplate, *fields: str, by: User) -> None:
    template.edited_by, template.edited_at = by, timezone.now()
    template.save(update_fields=[*fields, "edited_by", "edited_at"])
    note(template, by=by)


def note(template: PageTemplate, *, by: User) -> None:
    commons = template.community.places.commons().get()
    record_event(Event.Verb.EDITED, actor=by, place=commons, target=template, tells=False)
