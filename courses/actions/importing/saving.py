"""Writing what a folder holds into the course."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from courses.models import Course, CourseFile

from ..authoring import free_slug
from . import images
from .course_text import CourseText, read_course
from .folder import IMAGE_BYTES_MAX, Folder
from .report import ImportProblem, ImportReport, Notes, Remark
from .units import UnitImport


def import_course(folder: Path, *, author: User | None = None, slug: str = "", dry_run: bool = False) -> ImportReport:
    """Load the course in `folder`, or bring the one that was loaded from it up to date. All or nothing.

    Raises ImportProblem with all that can't be read. A second run changes what changed in the folder and keeps block
    ids and conversations. With `dry_run` nothing stays, and the report says what would. Locks the course row.
    """
    notes = Notes()
    files, text = read_course(Path(folder), notes)
    if notes.problems:
        read_images(files, text, notes)
        raise ImportProblem(notes.problems)
    report = None
    try:
        with transaction.atomic():
            report = open_report(text, slug)
            report.dry_run = dry_run
            import_images(files, text, notes, report)
            if notes.problems:
                raise ImportProblem(notes.problems)
            UnitImport(report, text, author, notes).run()
            warn_of_dead_ends(text, notes, report.course)
            report.warnings = sorted(set(notes.warnings))
            transaction.set_rollback(dry_run)
    except BaseException:
        discard_files(report)
        raise
    if dry_run:
        discard_files(report)
    return report


def discard_files(report: ImportReport | None) -> None:
    """Remove the files that an import stored, after its transaction was rolled back."""
    while report and report.stored:
        default_storage.delete(report.stored.pop())


def open_report(text: CourseText, slug: str) -> ImportReport:
    """The course, made or found by its slug, with what the folder says about it."""
    name = slug or text.slug or free_slug(Course.objects.none(), text.title, "course")
    about = {"title": text.title, "summary": text.summary, "language": text.language, "licence": text.licence}
    course, is_new = Course.objects.select_for_update().get_or_create(slug=name, defaults=about)
    if not slug and course.units.exists() and not course.units.exclude(source_path="").exists():
        reason = f"would go into “{course}”, which was written here; name an address with --slug {name}, or another"
        raise ImportProblem([Remark(text.folder, 0, reason)])
    changes = [field for field, value in about.items() if getattr(course, field) != value]
    if changes:
        for field in changes:
            setattr(course, field, about[field])
        course.save(update_fields=changes)
    return ImportReport(course=course, is_new=is_new, course_changes=changes)


def read_images(files: Folder, text: CourseText, notes: Notes) -> None:
    """Only note what is wrong with the images, so that all problems of a folder are named at once."""
    for path in text.images:
        data = files.read(path, IMAGE_BYTES_MAX)
        if data is not None:
            cleaned(data, path, notes)


def import_images(files: Folder, text: CourseText, notes: Notes, report: ImportReport) -> None:
    have = {file.path: file for file in report.course.files.all()}
    for path in text.images:
        data = files.read(path, IMAGE_BYTES_MAX)
        if data is None:
            continue
        digest = hashlib.sha256(b"%d:%b" % (images.VERSION, data)).hexdigest()
        old = have.get(path)
        if old and old.sha256 == digest:
            report.images.append((path, "unchanged"))
        elif image := cleaned(data, path, notes):
            store(report, path, digest, image, old)
    missing = sorted(path for path in have if path not in text.images)
    report.removed += missing


def cleaned(data: bytes, path: str, notes: Notes) -> tuple[str, bytes] | None:
    try:
        return images.clean(data)
    except images.NotAnImage as error:
        notes.problem(path, 0, str(error))
        return None


def store(report: ImportReport, path: str, digest: str, image: tuple[str, bytes], old: CourseFile | None) -> None:
    """Save an image; the file of the one it replaces goes after the commit."""
    content_type, data = image
    row = old or CourseFile(course=report.course, path=path)
    before = row.file.name
    row.content_type, row.sha256 = content_type, digest
    name = f"{report.course.slug}/{digest[:32]}.{images.ENDINGS[content_type]}"
    row.file.save(name, ContentFile(data), save=False)
    report.stored.append(str(row.file.name))
    row.save()
    report.images.append((path, "updated" if old else "new"))
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))


def warn_of_dead_ends(text: CourseText, notes: Notes, course: Course) -> None:
    """Name the images and files that a text points to and the course doesn't have."""
    files = set(text.images) | set(course.files.values_list("path", flat=True))
    units = set(course.units.exclude(source_path="").values_list("source_path", flat=True))
    for unit in text.units:
        for address, is_image in unit.wants.items():
            target = unit.target(address)
            if is_image and target not in text.images:
                shown = "the one imported before is shown" if target in files else "its description is shown instead"
                notes.warn(unit.path, unit.line_of(address), f"image {address} is not in the folder; {shown}")
            elif not is_image and target not in units:
                notes.warn(unit.path, unit.line_of(address), f"link to {address} leads to no unit; its words stay")
