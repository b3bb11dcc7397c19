"""Keeping words that are not posted yet; see community.actions.drafts."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from community.actions import discard_draft, keep_draft
from community.models import Draft

from ..models import Thread


def save_draft(*, person: User, slot: str, title: str, body: str, key: UUID | None = None) -> Draft | None:
    """Keep somebody's words for the form that `slot` names, instead of those kept before; None when there are none.

    `key` is the form's: words that were posted with it meanwhile are no draft any more, so that a save which arrives
    after the post leaves nothing behind.
    """
    if key is not None and person.posts.filter(key=key, source=body).exists():
        discard_draft(person=person, slot=slot)
        return None
    return keep_draft(person=person, slot=slot, title=title, body=body)


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
