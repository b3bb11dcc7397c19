"""Clearing away what was put at a place and nothing ever showed."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from community.models import Draft, PlaceFile, PlaceImage

UNUSED_FOR = timedelta(hours=22)  # with an hour between two sweeps, all is gone within a day
SWEEP_AT_MOST = 500


def delete_unused_uploads() -> int:
    """Delete pictures and files that nothing showed for a day after they were put here, or that never came to an end,
    and that no draft of their uploader names. Says how many. Can run twice; what is being used at this moment stays."""
    before = timezone.now() - UNUSED_FOR
    found = [
        upload
        for kind in (PlaceImage, PlaceFile)
        for upload in kind.objects.never_used(before=before).with_communities()[:SWEEP_AT_MOST]
    ]
    return sum(delete_if_unused(upload) for upload in found)


@transaction.atomic
def delete_if_unused(upload: PlaceImage | PlaceFile) -> bool:
    address = upload.get_absolute_url()
    if Draft.objects.visible_to(upload.uploaded_by).naming(address).exists():
        return False
    deleted, _rows = type(upload).objects.filter(pk=upload.pk, used_at=None).delete()
    if deleted:
        for content in (upload.file, getattr(upload, "preview", None)):
            if content:
                transaction.on_commit(partial(content.delete, save=False))
    return bool(deleted)
