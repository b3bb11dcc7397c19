"""`manage.py import_course FOLDER`: a course from a folder of Markdown files. See docs/importing.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions import ImportProblem, import_course
from courses.actions.importing import ImportReport, UnitReport


class Command(BaseCommand):
    help = "Loads a course from a folder of Markdown files, or brings the one loaded from it up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--slug", default="", help="the course's address; otherwise course.yaml says it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_course(options["folder"], slug=options["slug"], dry_run=options["dry_run"])
        except ImportProblem as problem:
            raise CommandError(f"Nothing was imported. What can't be read:\n{problem}") from problem
        for line in lines_of(report):
            self.stdout.write(line)


def lines_of(report: ImportReport) -> list[str]:
    lines = [f"  {line_of(unit)}" for unit in report.units]
    lines += [f"  {status:<10} {path}" for path, status in report.images if status != "unchanged"]
    lines += [f"  gone       {path} is no longer in the folder; what was made of it stays" for path in report.removed]
    if report.warnings:
        lines += ["", "Worth a look:", *(f"  {warning}" for warning in report.warnings)]
    return [*lines, "", verdict(report)]


def line_of(unit: UnitReport) -> str:
    line = f"{unit.status:<10} {unit.path}  “{unit.title}”"
    if unit.status == "kept":
        return f"{line}: edited here since it was imported, left as it is"
    if unit.changes:
        line += f": {', '.join(unit.changes)}"
    if unit.status == "updated" and unit.blocks:
        line += f"; {unit.blocks_kept} of {unit.blocks} blocks kept"
    if unit.talks_left:
        line += f", {unit.talks_left} conversations are on an earlier wording now"
    return line


def verdict(report: ImportReport) -> str:
    units, images = report.count_units(), report.count_images()
    counts = f"units: {listed(units)}; images: {listed(images)}; warnings: {len(report.warnings)}"
    if report.dry_run:
        return f"Nothing was changed (dry run). “{report.course}” would have {counts}."
    if report.is_unchanged:
        return f"“{report.course}” is unchanged ({counts})."
    done = "is new" if report.is_new else "is up to date"
    return f"“{report.course}” {done}: {report.course.get_absolute_url()} ({counts})."


def listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {status}" for status, count in counts.items()) or "none"
