"""What an upload is by its content, and what it is called here."""

import hashlib
import mimetypes
import unicodedata
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

import pylibmagic  # noqa: F401  # lets the next one find the library that it brings

import magic  # isort: skip
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile

from accounts.actions import PICTURE_FORMATS, NotAPicture

from ..models.file import PICTURE_TYPE, PlaceFile
from .pictures import as_webp, read_picture

HEAD_BYTES = 64 * 1024  # of a file, to tell what it is
ENDING_MAX = 12  # characters of a name that are kept at its end
PREVIEW_SIDE = 480  # pixels
PICTURE_TYPES = {f"image/{form.lower()}" for form in PICTURE_FORMATS}
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # controls, directions, and what has no letter form
JOINERS = "\u200c\u200d"  # which words of some languages are written with


class FileRefused(Exception):
    """A file that is not taken; the kinds of it say why."""


class FileTooLarge(FileRefused):
    """More bytes than FILE_BYTES_MAX."""


class KindNotTaken(FileRefused):
    """Of a kind that is not in FILE_TYPES, whatever its name says."""


class PictureBroken(FileRefused):
    """Looks like a picture and can't be unpacked, or only into too much."""


@dataclass(frozen=True)
class Content:
    """What will be kept of an upload."""

    name: str
    mime: str
    file: File
    size_bytes: int
    sha256: str
    preview: bytes = b""
    preview_size: tuple[int, int] = field(default=(0, 0))


def read_upload(upload: UploadedFile) -> Content:
    """What there is to keep of an upload: a picture written anew, anything else as it is, never unpacked.

    Raises FileRefused. Holds at most one piece of the file in memory, and a picture unpacked.
    """
    if (upload.size or 0) > settings.FILE_BYTES_MAX:
        raise FileTooLarge
    mime = type_of(upload)
    if not any(fnmatchcase(mime, taken) for taken in settings.FILE_TYPES):
        raise KindNotTaken(mime)
    name = clean_name(upload.name or "", mime)
    if mime in PICTURE_TYPES:
        return read_picture_upload(upload, name)
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return Content(name, mime, upload, upload.size or 0, digest.hexdigest())


def type_of(upload: UploadedFile) -> str:
    """By its content."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    return magic.from_buffer(head, mime=True)


def read_picture_upload(upload: UploadedFile, name: str) -> Content:
    try:
        picture, is_drawn = read_picture(upload)
    except NotAPicture as trouble:
        raise PictureBroken from trouble
    data = as_webp(picture, is_drawn=is_drawn)
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    name = clean_name(PurePosixPath(name).stem + ".webp", PICTURE_TYPE)
    digest = hashlib.sha256(data).hexdigest()
    return Content(name, PICTURE_TYPE, ContentFile(data), len(data), digest, as_webp(picture), picture.size)


def clean_name(name: str, mime: str) -> str:
    """What people see of the name of a file: no folders, no controls, nothing that turns the direction of reading, at
    most NAME_MAX characters with its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter if may_stand(letter) else " " if letter.isspace() else "" for letter in last)
    seen = " ".join(seen.split()).strip(". ")
    if not seen.strip(JOINERS):
        return f"file{mimetypes.guess_extension(mime) or ''}"
    ending = PurePosixPath(seen).suffix if len(seen) > PlaceFile.NAME_MAX else ""
    if not ending or len(ending) > ENDING_MAX:
        return seen[: PlaceFile.NAME_MAX]
    return seen[: PlaceFile.NAME_MAX - len(ending)].rstrip(". ") + ending


def may_stand(letter: str) -> bool:
    return letter in JOINERS or unicodedata.category(letter) not in UNSEEN
