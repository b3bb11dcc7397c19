"""Pictures, written anew: nothing of what cameras note, and of what else a file may hold, comes along."""

import io

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from accounts.actions import opened_picture

IMAGE_SIDE = 1_600  # pixels; larger ones are made smaller
UNPACKED_SIDE = 1_200  # a JPEG is unpacked at a smaller scale, but no smaller than this


def read_picture(upload: UploadedFile) -> tuple[Image.Image, bool]:
    """The upload upright and bare, at most IMAGE_SIDE wide and high, and whether it is drawn: sharp edges and letters,
    which a photograph's way would blur. Of a film the first picture. Raises NotAPicture."""
    with opened_picture(upload, side=UNPACKED_SIDE, bytes_max=settings.FILE_BYTES_MAX) as image:
        is_drawn = image.format in ("PNG", "GIF")
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
        picture.thumbnail((IMAGE_SIDE, IMAGE_SIDE), Image.Resampling.LANCZOS)
        picture = ImageOps.exif_transpose(picture)
        picture.info = {}
    return picture, is_drawn


def as_webp(picture: Image.Image, *, is_drawn: bool = False) -> bytes:
    """The bytes of a picture as it is kept here."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", lossless=is_drawn, quality=85, exif=b"")
    return buffer.getvalue()
