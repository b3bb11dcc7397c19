"""A course as a folder holds it, before anything is saved."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.utils.text import slugify

from courses.models import Course, Section, Unit
from markup import LIMITS, Profile, render

from . import carpentries
from .fields import Fields, plain
from .folder import Folder, natural
from .report import Notes

SLUG_MAX = 80
SUMMARY_MAX = Unit._meta.get_field("summary").max_length or 0
SECTION_MAX = Section._meta.get_field("title").max_length or 0
DEFAULT_SECTION = "Units"
ABOUT_THE_FOLDER = {
    "readme",
    "license",
    "licence",
    "contributing",
    "code_of_conduct",
    "changelog",
    "authors",
    "conduct",
}
FENCE = re.compile(r"-{3}[ \t]*\n(.*?\n)??(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.S)
PREFIX = re.compile(r"(\d{1,9})[-_. ]+(?=\S)")
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
HEADING_MAX = 400  # characters looked at
MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|\{[#.:][^{}]*\}$|[*`]")
CODE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass
class UnitText:
    """One Markdown file. `first_line` is the line of the file with which `source` begins."""

    path: str
    title: str = ""
    slug: str = ""
    section: str = ""
    summary: str = ""
    source: str = ""
    order: float | None = None
    first_line: int = 1
    wants: dict[str, bool] = field(default_factory=dict)  # relative address → whether it is an image's

    @property
    def stem(self) -> str:
        """The file's name without the number it starts with."""
        return PREFIX.sub("", PurePosixPath(self.path).stem, count=1)

    @property
    def natural_slug(self) -> str:
        slug = slugify(self.stem.replace("_", "-"))[:70]
        return slug if slug and not slug.isdigit() else slugify(self.title)[:70] or slug or "unit"

    def line_of(self, words: str) -> int:
        """The line of the file on which `words` first stand."""
        before, found, _after = self.source.partition(words)
        return self.first_line + before.count("\n") if found else 0

    def target(self, address: str) -> str:
        """The path in the course's folder to which a relative address leads."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(address.partition("#")[0])))


@dataclass
class CourseText:
    folder: str = ""
    title: str = ""
    slug: str = ""
    summary: str = ""
    language: str = "en"
    licence: str = ""
    sections: list[str] = field(default_factory=list)
    units: list[UnitText] = field(default_factory=list)
    images: list[str] = field(default_factory=list)


def read_course(root: Path, notes: Notes) -> tuple[Folder, CourseText]:
    """What the folder holds; what is wrong with it is noted. Raises ImportProblem where there is no such folder."""
    folder = Folder(root, notes)
    lesson = carpentries.config_of(folder)
    course = read_lesson(folder, lesson, notes) if lesson else read_plain(folder, notes)
    course.folder = folder.root.name
    course.title = course.title or titled(course.folder)[: longest("title")] or "Course"
    if not course.units and not notes.problems:
        notes.problem(course.folder, 0, "holds no Markdown files")
    for unit in course.units:
        check(unit, notes)
    return folder, course


def read_plain(folder: Folder, notes: Notes) -> CourseText:
    course = CourseText(images=folder.images())
    path = folder.first_of("course.yaml", "course.yml")
    if path and (text := folder.read_text(path)) is not None:
        fill(course, Fields(text, path, notes))
    for path in folder.texts():
        if PurePosixPath(path).stem.lower() in ABOUT_THE_FOLDER:
            notes.warn(path, 0, "is about the folder, so it was left out")
        elif unit := read_unit(folder, path, notes):
            unit.section = unit.section or titled(PREFIX.sub("", PurePosixPath(path).parent.name, count=1))
            unit.section = unit.section or DEFAULT_SECTION
            course.units.append(unit)
    course.units.sort(key=place_in_course)
    listed = {section.casefold() for section in course.sections}
    for unit in course.units:
        if listed and unit.section.casefold() not in listed:
            notes.warn(unit.path, 0, f"names a section that course.yaml doesn't list: “{unit.section}”. It goes last")
    return course


def read_lesson(folder: Folder, config: str, notes: Notes) -> CourseText:
    course = CourseText(images=folder.images(carpentries.EPISODES))
    fields = Fields(folder.read_text(config) or "", config, notes)
    fill(course, fields)
    for path in carpentries.episodes(folder, fields):
        if unit := read_unit(folder, path, notes):
            unit.section = unit.section or carpentries.SECTION
            unit.summary = unit.summary or carpentries.first_question(unit.source)[:SUMMARY_MAX]
            course.units.append(unit)
    return course


def fill(course: CourseText, fields: Fields) -> None:
    course.title = fields.text("title", longest=longest("title"))
    course.slug = fields.slug("slug", longest=SLUG_MAX)
    course.summary = fields.text("summary", longest=longest("summary"))
    course.language = fields.text("language", longest=12) or fields.text("lang", longest=12) or "en"
    course.licence = fields.text("licence", longest=120) or fields.text("license", longest=120)
    course.sections = [title for title, _line in fields.texts("sections", longest=SECTION_MAX)]


def longest(name: str) -> int:
    return getattr(Course._meta.get_field(name), "max_length", None) or 0


def read_unit(folder: Folder, path: str, notes: Notes) -> UnitText | None:
    text = folder.read_text(path)
    if text is None:
        return None
    unit = UnitText(path)
    front = FENCE.match(text)
    fields = Fields((front[1] or "") if front else "", path, notes, first_line=2)
    unit.title = fields.text("title", longest=Unit.TITLE_MAX)
    unit.slug = fields.slug("slug", longest=SLUG_MAX)
    unit.section = fields.text("section", longest=SECTION_MAX)
    unit.summary = fields.text("summary", longest=SUMMARY_MAX)
    unit.order = fields.number("order")
    if unit.order is None and (prefix := PREFIX.match(PurePosixPath(path).name)):
        unit.order = float(prefix[1])
    body = text[front.end() :] if front else text
    unit.source = body.strip("\n")
    unit.first_line = text[: len(text) - len(body.lstrip("\n"))].count("\n") + 1
    take_title(unit)
    return unit


def take_title(unit: UnitText) -> None:
    """Where no front matter names the unit, its first heading does. Standing on top it would be shown twice, so it
    leaves the text."""
    first = next(((i, found) for i, found in headings(unit.source)), None)
    if first:
        line, (level, words) = first
        stands_on_top = level == 1 and not unit.source[: unit.source.find("#")].strip()
        if stands_on_top and unit.title.casefold() in ("", words.casefold()):
            rest = unit.source.split("\n")[line + 1 :]
            blank = next((i for i, text in enumerate(rest) if text.strip()), len(rest))
            unit.source, unit.first_line = "\n".join(rest[blank:]), unit.first_line + line + 1 + blank
        unit.title = unit.title or words[: Unit.TITLE_MAX]
    unit.title = unit.title or titled(unit.stem)[: Unit.TITLE_MAX] or "Unit"


def headings(source: str) -> Iterable[tuple[int, tuple[int, str]]]:
    """Line number, level and words of each heading outside of code, its marks taken off."""
    fence = ""
    for i, line in enumerate(source.split("\n")):
        code = CODE.match(line)
        if code and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else code[1]
        elif not fence and (match := HEADING.match(line)):
            bare = line[match.end() :][:HEADING_MAX].rstrip().rstrip("#")
            words = plain(MARKS.sub(lambda mark: mark[1] or "", bare.rstrip()))
            if words:
                yield i, (len(match[1]), words)


def titled(name: str) -> str:
    """A name as a title: `the-first-week` is "The first week"."""
    words = plain(re.sub(r"[-_]+", " ", name))
    return words[:1].upper() + words[1:]


def place_in_course(unit: UnitText) -> tuple:
    """Folder by folder; in a folder by `order`, and by name what has none."""
    order = float("inf") if unit.order is None else unit.order
    return natural(posixpath.dirname(unit.path)), order, natural(unit.path)


def check(unit: UnitText, notes: Notes) -> None:
    """Note a text that is too long, and find the images and units that it names."""
    if len(unit.source) > LIMITS[Profile.UNIT]:
        reason = f"has {len(unit.source):,} characters, at most {LIMITS[Profile.UNIT]:,} are allowed"
        notes.problem(unit.path, unit.source[: LIMITS[Profile.UNIT]].count("\n") + unit.first_line, reason)
        return

    def wanted(address: str) -> None:
        unit.wants.setdefault(address, False)

    for address in render(unit.source, Profile.UNIT, link_url=wanted).images:
        unit.wants[address] = True
