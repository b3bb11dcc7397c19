"""Taking words of an earlier version out of sight, and bringing them back. Only hosts do."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Hiding, Revision, WikiPage


class StillCurrent(Exception):
    """The words of the newest version stand on the page: they are replaced, not hidden."""


@transaction.atomic
def hide_text(*, by: User, revision: Revision, reason: str) -> Hiding:
    """Hide the words of `revision` from everybody; hiding them again changes nothing. Raises StillCurrent. Locks the
    page row."""
    page = WikiPage.objects.select_for_update().get(pk=revision.page_id)
    if page.version == revision.number:
        raise StillCurrent(revision)
    again = revision.hidings.current().first()
    return again or revision.hidings.create(by=by, reason=reason)


def show_text(*, by: User, revision: Revision) -> None:
    """End the hiding of the words of `revision`, if they are hidden."""
    revision.hidings.current().update(ended_by=by, ended_at=timezone.now())
