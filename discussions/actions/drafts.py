"""Keeping words that are not posted yet."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Draft, Thread

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


def discard_draft(*, person: User, slot: str, body: str | None = None) -> None:
    """Let go of somebody's own draft, or only if its words are `body`; without effect when there is none."""
    if slot:
        drafts = person.drafts.filter(slot=slot)
        (drafts if body is None else drafts.filter(body=body)).delete()


def rename_drafts(thread: Thread, into: Thread) -> None:
    """Let drafts of replies to `thread` be drafts of replies to `into`; where somebody has one there, that goes on with
    the words of the other."""
    slot, new_slot = f"reply:{thread.pk}", f"reply:{into.pk}"
    there = {draft.person_id: draft for draft in Draft.objects.in_slots([new_slot])}
    for draft in Draft.objects.in_slots([slot]):
        other = there.get(draft.person_id)
        if other is None:
            draft.slot = new_slot
            draft.save(update_fields=["slot"])
            continue
        other.body, other.saved_at = f"{other.body}\n\n{draft.body}", max(other.saved_at, draft.saved_at)
        other.save(update_fields=["body", "saved_at"])
        draft.delete()


def posted_among(person: User, keys: Iterable[UUID]) -> list[UUID]:
    """Those of `keys` with which `person` has posted."""
    return list(person.posts.filter(key__in=list(keys)).values_list("key", flat=True))
