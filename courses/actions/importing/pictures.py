"""The images of an imported course."""

import hashlib
from dataclasses import dataclass, field
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from courses.models import CourseFile

from . import images
from .folder import IMAGE_BYTES_MAX, Folder
from .report import ImportReport, Notes


@dataclass
class Pictures:
    """Cleaned and stored before the transaction, so that it is short; without it, discard what is `stored`."""

    slug: str
    notes: Notes
    unchanged: list[str] = field(default_factory=list)
    prepared: list[CourseFile] = field(default_factory=list)  # new or changed, not saved yet
    stored: list[str] = field(default_factory=list)

    def prepare(self, files: Folder, paths: list[str]) -> None:
        have = set(CourseFile.objects.filter(course__slug=self.slug).values_list("path", "sha256"))
        for path in paths:
            data = files.read(path, IMAGE_BYTES_MAX)
            if data is None:
                continue
            digest = hashlib.sha256(b"%d:%b" % (images.VERSION, data)).hexdigest()
            if (path, digest) in have:
                self.unchanged.append(path)
                continue
            try:
                self.store(path, digest, *images.clean(data))
            except images.NotAnImage as error:
                self.notes.problem(path, 0, str(error))

    def store(self, path: str, digest: str, content_type: str, data: bytes) -> None:
        row = CourseFile(path=path, content_type=content_type, sha256=digest)
        name = f"{self.slug}/{digest[:32]}.{images.ENDINGS[content_type]}"
        row.file.save(name, ContentFile(data), save=False)
        self.stored.append(str(row.file.name))
        self.prepared.append(row)

    def save(self, report: ImportReport) -> None:
        """Put the images into the course; the files of those they replace go after the commit."""
        have = {file.path: file for file in report.course.files.all()}
        report.images = [(path, "unchanged") for path in self.unchanged]
        for row in self.prepared:
            old = have.get(row.path)
            row.course, row.pk = report.course, old.pk if old else None
            row.save()
            report.images.append((row.path, "updated" if old else "new"))
            if old:
                transaction.on_commit(partial(default_storage.delete, str(old.file.name)))
        report.removed += sorted(set(have) - {row.path for row in self.prepared} - set(self.unchanged))


def discard_files(stored: list[str]) -> None:
    """Remove the files that an import stored, after its transaction was rolled back."""
    while stored:
        default_storage.delete(stored.pop())
