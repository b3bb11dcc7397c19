"""What an import says: what it did, what it noticed, and why it did nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.models import Course


@dataclass(frozen=True, order=True)
class Remark:
    """Something about a file of the folder; `line` is 0 where it is about the whole file."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class ImportProblem(Exception):
    """Files that can't be read; nothing was imported. `problems` are all that the folder has."""

    def __init__(self, problems: Sequence[Remark]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Notes:
    """What is found while a folder is read."""

    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def problem(self, path: str, line: int, reason: str) -> None:
        self.problems.append(Remark(path, line, reason))

    def warn(self, path: str, line: int, reason: str) -> None:
        self.warnings.append(Remark(path, line, reason))


@dataclass(frozen=True)
class UnitReport:
    """What became of one file. `status` is new, updated, unchanged or kept (edited on the site since, left as it is).

    Of the `blocks` that the text had before, `blocks_kept` still stand in it with their ids. `talks_left` are the
    conversations whose block is gone; they stay with the unit.
    """

    path: str
    title: str
    status: str
    blocks: int = 0
    blocks_kept: int = 0
    talks_left: int = 0
    changes: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """What an import did, or with `dry_run` would have done."""

    course: Course
    is_new: bool
    dry_run: bool = False
    course_changes: list[str] = field(default_factory=list)
    units: list[UnitReport] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)  # path, and new, updated or unchanged
    removed: list[str] = field(default_factory=list)  # imported before, no longer in the folder; they stay
    warnings: list[Remark] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)  # names of the files written to the storage

    @property
    def is_unchanged(self) -> bool:
        done = {unit.status for unit in self.units} | {status for _path, status in self.images}
        return not (self.is_new or self.course_changes or done & {"new", "updated"})

    def count_units(self) -> Counter[str]:
        return Counter(unit.status for unit in self.units)

    def count_images(self) -> Counter[str]:
        return Counter(status for _path, status in self.images)
