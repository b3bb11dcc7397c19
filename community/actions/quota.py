"""How much one person keeps in one community."""

from typing import TypeVar

from django.conf import settings
from django.db import transaction

from ..models import Membership, PlaceFile, PlaceImage
from .reading_files import FileRefused

Kept = TypeVar("Kept", PlaceFile, PlaceImage)


class QuotaFull(FileRefused):
    """More bytes than one person may keep in one community (FILE_QUOTA_BYTES)."""


@transaction.atomic
def save_within_quota(upload: Kept, size_bytes: int) -> Kept:
    """Save the row of an upload, or give that of the same key. Raises QuotaFull. Locks the membership, so that what is
    uploaded at once is counted one by one."""
    by, community_id = upload.uploaded_by, upload.place.community_id
    list(Membership.objects.of(by).filter(community=community_id).select_for_update(no_key=True))
    again = type(upload).objects.with_communities().filter(uploaded_by=by, key=upload.key).first()
    if again:
        return again
    kept = sum(model.objects.bytes_of(by, community_id) for model in (PlaceFile, PlaceImage))
    if kept + size_bytes > settings.FILE_QUOTA_BYTES:
        raise QuotaFull
    upload.save()
    return upload
