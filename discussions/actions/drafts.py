"""Drafts of replies, when threads become one; see community.actions.drafts."""

from community.models import Draft

from ..models import Thread


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
