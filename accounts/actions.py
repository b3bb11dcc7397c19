"""What people change about themselves."""

import hashlib
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps

from .models import HiddenPerson, Interest, Profile, User

PICTURE_BYTES_MAX = 5 * 1024 * 1024
PICTURE_PIXELS_MAX = 34_000_000
PICTURE_SIDE_MAX = 16_384  # pixels; each row costs memory of its own
UNPACKED_PIXELS_MAX = 12_600_000  # each takes 4 bytes, several times over; a JPEG is unpacked at a smaller scale
PICTURE_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
AVATAR_SIDE = 256  # pixels
LOGO_SIZE = (480, 160)  # pixels


class NotAPicture(ValueError):
    """Not one of the picture formats we take, too large, or broken."""


def square_picture(upload: UploadedFile) -> ContentFile:
    """The upload as a square WebP without metadata, its name made from its content. Raises NotAPicture.

    The size in pixels is read from the header, so that a bomb is refused before it is unpacked. Of a film only the
    first picture is read.
    """
    with opened_picture(upload, side=2 * AVATAR_SIDE) as image:
        square = ImageOps.fit(image.convert("RGB"), (AVATAR_SIDE, AVATAR_SIDE))
        ImageOps.exif_transpose(square, in_place=True)
    buffer = io.BytesIO()
    square.save(buffer, "WEBP", quality=85)
    data = buffer.getvalue()
    return ContentFile(data, name=f"{hashlib.sha256(data).hexdigest()[:32]}.webp")


def logo_of(upload: UploadedFile) -> bytes:
    """The upload as a WebP without metadata, no larger than LOGO_SIZE. Raises NotAPicture."""
    with opened_picture(upload, side=2 * LOGO_SIZE[0]) as image:
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
        picture.thumbnail(LOGO_SIZE)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", lossless=True, exif=b"")
    return buffer.getvalue()


@contextmanager
def opened_picture(upload: File, *, side: int, bytes_max: int = PICTURE_BYTES_MAX) -> Iterator[Image.Image]:
    """The upload, recognised by its content, while it is made into something of about `side` pixels.

    Raises NotAPicture, for what goes wrong inside too: a broken picture shows when it is unpacked.
    """
    if (upload.size or 0) > bytes_max:
        raise NotAPicture("too many bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=PICTURE_FORMATS) as image:
                refuse_if_large(image, side)
                yield image
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise NotAPicture(str(error)) from error


def refuse_if_large(image: Image.Image, side: int) -> None:
    """Raises NotAPicture when unpacking would take more than some 200 MB."""
    if max(image.size) > PICTURE_SIDE_MAX or image.width * image.height > PICTURE_PIXELS_MAX:
        raise NotAPicture("too many pixels")
    image.draft("RGB", (side, side))  # only a JPEG can: its size is a smaller one from here on
    if image.width * image.height > UNPACKED_PIXELS_MAX:
        raise NotAPicture("too many pixels to unpack")


def change_avatar(user: User, picture: ContentFile | None) -> None:
    """Show `picture` from now on, or initials; the old file goes after the commit."""
    old = user.avatar.name
    with transaction.atomic():
        if picture:
            user.avatar.save(f"{user.pk}-{picture.name}", picture, save=False)
        else:
            user.avatar = ""
        user.save(update_fields=["avatar"])
        if old and old != user.avatar.name:
            transaction.on_commit(lambda: user.avatar.storage.delete(old))


@transaction.atomic
def describe_oneself(*, person: User, knows: Iterable[str], wants: Iterable[str], audiences: Mapping[str, str]) -> None:
    """Let others find `person` by these words, and see what `audiences` lets them. Locks the person's row, so that two
    windows don't mix."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    Profile.objects.update_or_create(person=person, defaults=dict(audiences))
    for kind, words in ((Interest.Kind.KNOWS, set(knows)), (Interest.Kind.WANTS, set(wants))):
        rows = Interest.objects.of_people([person.pk]).of_kind(kind)
        had = set(rows.values_list("name", flat=True))
        rows.filter(name__in=had - words).delete()
        Interest.objects.bulk_create([Interest(person=person, kind=kind, name=word) for word in sorted(words - had)])


def hide_person(*, person: User, hidden: User) -> bool:
    """Let `person` not see the words of `hidden` any more, who hears nothing of it. Says whether that is new."""
    return HiddenPerson.objects.get_or_create(person=person, hidden=hidden)[1]


def show_person(*, person: User, hidden: User) -> bool:
    """Undo that; what was said meanwhile is there again. Says whether there was anything to undo."""
    return bool(HiddenPerson.objects.of(person).filter(hidden=hidden).delete()[0])
