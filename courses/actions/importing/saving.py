"""Writing what a folder holds into the course."""

from pathlib import Path

from django.db import transaction

from accounts.models import User
from courses.models import Course

from ..authoring import free_slug
from .course_text import CourseText, read_course
from .pictures import Pictures, discard_files
from .report import ImportProblem, ImportReport, Notes, Remark
from .units import UnitImport


def import_course(folder: Path, *, author: User | None = None, slug: str = "", dry_run: bool = False) -> ImportReport:
    """Load the course in `folder`, or bring the one that was loaded from it up to date. All or nothing.

    Raises ImportProblem with all that can't be read. A second run changes what changed in the folder and keeps block
    ids and conversations. With `dry_run` nothing stays, and the report says what would. Locks the course row.
    """
    notes = Notes()
    files, text = read_course(Path(folder), notes)
    name = slug or text.slug or free_slug(Course.objects.none(), text.title, "course")
    pictures = Pictures(name, notes)
    try:
        pictures.prepare(files, text.images)
        if notes.problems:
            raise ImportProblem(notes.problems)
        with transaction.atomic():
            report = open_report(text, name, may_join=bool(slug))
            report.dry_run, report.stored = dry_run, pictures.stored
            pictures.save(report)
            UnitImport(report, text, author, notes).run()
            warn_of_dead_ends(text, notes, report.course)
            report.warnings = sorted(set(notes.warnings))
            transaction.set_rollback(dry_run)
    except BaseException:
        discard_files(pictures.stored)
        raise
    if dry_run:
        discard_files(pictures.stored)
    return report


def open_report(text: CourseText, name: str, *, may_join: bool) -> ImportReport:
    """The course, made or found by its slug, with what the folder says about it."""
    about = {"title": text.title, "summary": text.summary, "language": text.language, "licence": text.licence}
    course, is_new = Course.objects.select_for_update().get_or_create(slug=name, defaults=about)
    if not may_join and course.units.exists() and not course.units.exclude(source_path="").exists():
        reason = f"would go into “{course}”, which was written here; name an address with --slug {name}, or another"
        raise ImportProblem([Remark(text.folder, 0, reason)])
    changes = [field for field, value in about.items() if getattr(course, field) != value]
    if changes:
        for field in changes:
            setattr(course, field, about[field])
        course.save(update_fields=changes)
    return ImportReport(course=course, is_new=is_new, course_changes=changes)


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
