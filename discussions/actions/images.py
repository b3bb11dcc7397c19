"""Putting pictures at a place, and clearing away what no words ever showed."""

from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import HOUR_S, as_webp, latest_of, read_picture, refuse_if_full
from community.models import Draft, Place, PlaceImage

IMAGES_A_MINUTE = 10
IMAGES_AN_HOUR = 60
UNUSED_FOR = timedelta(hours=24)
SWEEP_AT_MOST = 500


def add_image(*, by: User, place: Place, upload: UploadedFile, key: UUID) -> PlaceImage:
    """Keep a picture at `place`, written anew as WebP without what cameras note. Raises NotAPicture and TooFast.

    A second call with the same `key` returns what the first one made. Of a film only the first picture is kept.
    """
    again = PlaceImage.objects.with_communities().filter(uploaded_by=by, key=key).first()
    if again:
        return again
    latest = latest_of(PlaceImage.objects.filter(uploaded_by=by), IMAGES_AN_HOUR)
    refuse_if_full(latest, ((60, IMAGES_A_MINUTE), (HOUR_S, IMAGES_AN_HOUR)))
    picture, is_drawn = read_picture(upload)
    data = as_webp(picture, is_drawn=is_drawn)
    size = {"width": picture.width, "height": picture.height, "size_bytes": len(data)}
    image = PlaceImage(place=place, uploaded_by=by, key=key, **size)
    image.file.save("", ContentFile(data), save=False)
    try:
        image.save()
    except BaseException:
        image.file.delete(save=False)
        raise
    return image


def delete_unused_images() -> int:
    """Delete pictures that no text showed for a day after they were put here, and that no draft of their uploader
    names. Says how many. Can run twice; what is being used at this moment stays."""
    found = PlaceImage.objects.never_used(before=timezone.now() - UNUSED_FOR).with_communities()[:SWEEP_AT_MOST]
    return sum(delete_if_unused(image) for image in found)


@transaction.atomic
def delete_if_unused(image: PlaceImage) -> bool:
    if Draft.objects.visible_to(image.uploaded_by).naming(image.get_absolute_url()).exists():
        return False
    deleted, _rows = PlaceImage.objects.filter(pk=image.pk, used_at=None).delete()
    if deleted:
        transaction.on_commit(lambda: image.file.delete(save=False))
    return bool(deleted)
