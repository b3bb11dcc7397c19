"""Keeping words that are not posted yet."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Draft

DRAFTS_AT_MOST = 200  # of a person; the oldest go


@transaction.atomic
def save_draft(*, person: User, slot: str, title: str, body: str, key: UUID | None = None) -> Draft | None:
    """Keep somebody's words for the form that `slot` names, instead of those kept before; None when there are none.

    `key` is the form's: words that were posted with it meanwhile are no draft any more, so that a save which arrives
    after the post leaves nothing behind.
    """
    posted = key is not None and person.posts.filter(key=key, source=body).exists()
    if posted or not (title.strip() or body.strip()):
        discard_draft(person=person, slot=slot)
        return None
    words = {"title": title, "body": body, "saved_at": timezone.now()}
    draft, made = Draft.objects.update_or_create(person=person, slot=slot, defaults=words)
    if made:
        oldest = list(person.drafts.newest_first().values_list("pk", flat=True)[DRAFTS_AT_MOST:])
        person.drafts.filter(pk__in=oldest).delete()
    return draft


def discard_draft(*, person: User, slot: str) -> None:
    """Let go of somebody's own draft; without effect when there is none."""
    if slot:
        person.drafts.filter(slot=slot).delete()


def posted_among(person: User, keys: Iterable[UUID]) -> list[UUID]:
    """Those of `keys` with which `person` has posted."""
    return list(person.posts.filter(key__in=list(keys)).values_list("key", flat=True))
