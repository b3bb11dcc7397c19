"""Putting files at a place: checked by content, counted against a quota, kept in Django's storage."""

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import User

from .. import tasks
from ..models import Place, PlaceFile, PlaceImage
from ..models.file import stored_name
from .first_page import PDF
from .images import add_image
from .pacing import HOUR_S, latest_of, refuse_if_full
from .quota import save_within_quota
from .reading_files import PICTURE_TYPES, Content, read_upload, type_of

FILES_A_MINUTE = 30
FILES_AN_HOUR = 300


def add_upload(*, by: User, place: Place, upload: UploadedFile, key: UUID) -> PlaceImage | PlaceFile:
    """What somebody puts into their words: a picture to be shown, or any other file to be linked to. As `add_image` and
    `add_file`."""
    add = add_image if type_of(upload) in PICTURE_TYPES else add_file
    return add(by=by, place=place, upload=upload, key=key)


def add_file(*, by: User, place: Place, upload: UploadedFile, key: UUID) -> PlaceFile:
    """Keep a file at `place`; nobody but `by` sees it until something shows it (`PlaceFile.note_used`). Raises
    FileRefused (its kinds say why) and TooFast; then nothing is left behind.

    A second call with the same `key` returns the first's. Call it before a transaction, not within one: it commits
    the row first, which holds the quota, and then stores the content. What dies in between is for the sweep.
    """
    again = PlaceFile.objects.stored().with_communities().filter(uploaded_by=by, key=key).first()
    if again:
        return again
    latest = latest_of(PlaceFile.objects.filter(uploaded_by=by), FILES_AN_HOUR)
    refuse_if_full(latest, ((60, FILES_A_MINUTE), (HOUR_S, FILES_AN_HOUR)))
    content = read_upload(upload)
    file = reserve(by=by, place=place, content=content, key=key)
    if file.stored_at:
        return file
    file = store(file, content)
    if file.previewed_at is None:
        tasks.preview_file.delay_on_commit(file.pk)
    return file


def reserve(*, by: User, place: Place, content: Content, key: UUID) -> PlaceFile:
    """The row of a file that is to be stored, or that of the same `key`. Raises QuotaFull."""
    file = PlaceFile(
        place=place,
        uploaded_by=by,
        key=key,
        name=content.name,
        mime=content.mime,
        sha256=content.sha256,
        size_bytes=content.size_bytes,
    )
    file.previewed_at = None if content.mime == PDF else timezone.now()
    file.file.name = stored_name(file)
    if content.preview:
        file.preview.name = stored_name(file)
        file.preview_width, file.preview_height = content.preview_size
    return save_within_quota(file, content.size_bytes + len(content.preview))


def store(file: PlaceFile, content: Content) -> PlaceFile:
    """Put the content into the storage under the names of the row. Whoever of two with the same key comes later finds
    the names taken, and drops what they stored."""
    storage, taken = file.file.storage, []
    try:
        taken = [storage.save(file.file.name, content.file)]
        if content.preview:
            taken.append(storage.save(file.preview.name, ContentFile(content.preview)))
        names = dict(zip(("file", "preview"), taken, strict=False))
        now = timezone.now()
        done = PlaceFile.objects.filter(pk=file.pk, stored_at=None).update(stored_at=now, **names)
    except BaseException:
        PlaceFile.objects.filter(pk=file.pk, stored_at=None).delete()
        for name in taken:
            storage.delete(name)
        raise
    if not done:
        for name in taken:
            storage.delete(name)
    return PlaceFile.objects.with_communities().get(pk=file.pk)
