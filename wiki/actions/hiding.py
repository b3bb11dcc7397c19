"""Taking words of an earlier version out of sight, and bringing them back. Only hosts do."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import PlaceFile, PlaceImage

from ..models import Hiding, Revision, WikiPage


class StillCurrent(Exception):
    """The words of the newest version stand on the page: they are replaced, not hidden."""


@transaction.atomic
def hide_text(*, by: User, revision: Revision, reason: str, at: datetime | None = None) -> Hiding:
    """Hide the words of `revision` from everybody, and what they alone show, since `at` or now; hiding them again
    changes nothing. Raises StillCurrent. Locks the page row."""
    page = WikiPage.objects.select_for_update().get(pk=revision.page_id)
    if page.version == revision.number:
        raise StillCurrent(revision)
    again = revision.hidings.current().first()
    if again:
        return again
    hiding = revision.hidings.create(by=by, reason=reason, at=at or timezone.now())
    for kind, shown in ((PlaceImage, page.images), (PlaceFile, page.files)):
        named = kind.objects.named_in(revision.source)
        shown.remove(*[upload for upload in named if not is_readable(page, upload)])
    return hiding


def is_readable(page: WikiPage, upload: PlaceImage | PlaceFile) -> bool:
    """Whether a version whose words are not hidden shows it."""
    return page.revisions.readable().naming(upload.get_absolute_url()).exists()


@transaction.atomic
def show_text(*, by: User, revision: Revision) -> None:
    """End the hiding of the words of `revision`, if they are hidden; they show again what its author may see."""
    if not revision.hidings.current().update(ended_by=by, ended_at=timezone.now()):
        return
    for kind, shown in ((PlaceImage, revision.page.images), (PlaceFile, revision.page.files)):
        named = kind.objects.named_in(revision.source)
        shown.add(*[upload for upload in named if upload.may_be_seen_by(revision.author)])
