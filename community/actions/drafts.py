"""Keeping words that are not sent yet."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Draft

DRAFTS_AT_MOST = 200  # of a person; the oldest go


@transaction.atomic
def keep_draft(*, person: User, slot: str, title: str, body: str) -> Draft | None:
    """Keep somebody's words for the form that `slot` names, instead of those kept before; None when there are none."""
    if not (title.strip() or body.strip()):
        discard_draft(person=person, slot=slot)
        return None
    words = {"title": title, "body": body, "saved_at": timezone.now()}
    draft, made = Draft.objects.update_or_create(person=person, slot=slot, defaults=words)
    if made:
        oldest = list(person.drafts.newest_first().values_list("pk", flat=True)[DRAFTS_AT_MOST:])
        person.drafts.filter(pk__in=oldest).delete()
    return draft


def discard_draft(*, person: User, slot: str, body: str | None = None) -> None:
    """Let go of somebody's own draft, or only if its words are `body`; without effect when there is none.

    Holds the slot until the transaction ends, unless it asks for `body`: who keeps a draft there meanwhile waits, and
    then finds out that its words are sent.
    """
    if not slot:
        return
    drafts = person.drafts.filter(slot=slot)
    if body is None:
        Draft.objects.hold(person, slot)
    else:
        drafts = drafts.filter(body=body)
    drafts.delete()
