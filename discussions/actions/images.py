"""Putting pictures at a place, and clearing away what no words ever showed."""

import io
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps

from accounts.actions import opened_picture
from accounts.models import User
from community.models import Place, PlaceImage

from ..models import Draft
from .pacing import TooFast

IMAGE_BYTES_MAX = 10 * 1024 * 1024
IMAGE_SIDE = 1_600  # pixels; larger ones are made smaller
UNPACKED_SIDE = 1_200  # a JPEG is unpacked at a smaller scale, but no smaller than this
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
    refuse_if_too_many(by)
    size, data = written_anew(upload)
    image = PlaceImage(place=place, uploaded_by=by, key=key, width=size[0], height=size[1], size_bytes=len(data))
    image.file.save("", ContentFile(data), save=False)
    try:
        image.save()
    except BaseException:
        image.file.delete(save=False)
        raise
    return image


def written_anew(upload: UploadedFile) -> tuple[tuple[int, int], bytes]:
    """Width and height in pixels, and the bytes."""
    with opened_picture(upload, side=UNPACKED_SIDE, bytes_max=IMAGE_BYTES_MAX) as image:
        is_drawn = image.format in ("PNG", "GIF")  # sharp edges and letters, which a photograph's way would blur
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
        picture.thumbnail((IMAGE_SIDE, IMAGE_SIDE), Image.Resampling.LANCZOS)
        picture = ImageOps.exif_transpose(picture)
        picture.info = {}
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", lossless=is_drawn, quality=85, exif=b"")
    return picture.size, buffer.getvalue()


def refuse_if_too_many(by: User) -> None:
    """Raises TooFast when `by` put as many pictures as the last minute or hour allows."""
    now = timezone.now()
    for seconds, limit in ((60, IMAGES_A_MINUTE), (3600, IMAGES_AN_HOUR)):
        mine = PlaceImage.objects.filter(uploaded_by=by).since(now - timedelta(seconds=seconds))
        oldest = mine.order_by("-created_at")[limit - 1 : limit].first()
        if oldest:
            raise TooFast(int(seconds - (now - oldest.created_at).total_seconds()) + 1)


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
