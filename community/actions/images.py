"""Putting pictures at a place, to be shown in words."""

from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actions import NotAPicture
from accounts.models import User

from ..models import Place, PlaceImage
from .pacing import HOUR_S, latest_of, refuse_if_full
from .pictures import as_webp, read_picture
from .quota import save_within_quota
from .reading_files import FileTooLarge, PictureBroken

IMAGES_A_MINUTE = 10
IMAGES_AN_HOUR = 60


def add_image(*, by: User, place: Place, upload: UploadedFile, key: UUID) -> PlaceImage:
    """Keep a picture at `place`, written anew as WebP without what cameras note. Raises FileRefused and TooFast.

    A second call with the same `key` returns what the first one made. Of a film only the first picture is kept.
    """
    again = PlaceImage.objects.with_communities().filter(uploaded_by=by, key=key).first()
    if again:
        return again
    latest = latest_of(PlaceImage.objects.filter(uploaded_by=by), IMAGES_AN_HOUR)
    refuse_if_full(latest, ((60, IMAGES_A_MINUTE), (HOUR_S, IMAGES_AN_HOUR)))
    if (upload.size or 0) > settings.FILE_BYTES_MAX:
        raise FileTooLarge
    try:
        picture, is_drawn = read_picture(upload)
    except NotAPicture as trouble:
        raise PictureBroken from trouble
    data = as_webp(picture, is_drawn=is_drawn)
    size = {"width": picture.width, "height": picture.height, "size_bytes": len(data)}
    image = PlaceImage(place=place, uploaded_by=by, key=key, **size)
    image.file.save("", ContentFile(data), save=False)
    try:
        kept = save_within_quota(image, len(data))
    except BaseException:
        image.file.delete(save=False)
        raise
    if kept is not image:
        image.file.delete(save=False)
    return kept
