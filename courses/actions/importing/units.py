"""Sections and units of an imported course."""

from accounts.models import User
from courses.models import Section, Unit
from discussions.models import Thread

from ..authoring import create_section, edit_unit, free_slug, write
from ..cohorts import keep_unit_places
from ..rerendering import refresh_unit
from .course_text import CourseText, UnitText
from .report import ImportProblem, ImportReport, Notes, UnitReport


class UnitImport:
    """One run over the units of a course, whose row the caller has locked.

    All units get their address and their place in the order first, so that texts can link to units after them.
    """

    def __init__(self, report: ImportReport, text: CourseText, author: User | None, notes: Notes) -> None:
        self.report, self.course, self.author, self.notes = report, report.course, author, notes
        self.texts, self.section_titles = text.units, text.sections
        self.paths = {text.path for text in self.texts}
        self.before = list(self.course.units.select_for_update(of=("self",)).in_course_order())
        self.by_path = {unit.source_path: unit for unit in self.before if unit.source_path}
        self.by_slug = {unit.slug: unit for unit in self.before}
        self.claimed: set[int] = set()
        self.placed: dict[str, tuple[Unit, list[str]]] = {}

    def run(self) -> None:
        had_units = {unit.section_id for unit in self.before}
        sections = self.kept_sections()
        pairs = [(text, self.matching(text)) for text in self.texts]
        self.free_addresses(pairs)
        # Those that ask for an address get it before the others look for a free one.
        for text, unit in sorted(pairs, key=lambda pair: not pair[0].slug):
            self.placed[text.path] = self.place(text, unit, sections[text.section.casefold()])
        placed = [(text, *self.placed[text.path]) for text in self.texts]
        self.order([unit for _text, unit, _changes in placed])
        self.course.sections.filter(pk__in=had_units, units=None).delete()
        for text, unit, changes in placed:
            self.report.units.append(self.write(text, unit, changes))
        matched = {unit.pk for _text, unit, _changes in placed}
        for unit in self.before:
            if unit.pk not in matched:
                refresh_unit(unit)
                self.report.removed += [unit.source_path] if unit.source_path else []

    def kept_sections(self) -> dict[str, Section]:
        """The sections that the folder names, made where they are missing, in its order; others after them."""
        others = list(self.course.sections.in_order())
        used = {text.section.casefold() for text in self.texts}
        listed = [title for title in self.section_titles if title.casefold() in used]
        kept: dict[str, Section] = {}
        for title in [*listed, *(text.section for text in self.texts)]:
            key = title.casefold()
            if key not in kept:
                found = next((section for section in others if section.title.casefold() == key), None)
                kept[key] = found or create_section(self.course, title)
                others = [section for section in others if section != found]
                kept[key].title = title
        for position, section in enumerate([*kept.values(), *others], start=1):
            Section.objects.filter(pk=section.pk).update(position=position, title=section.title)
        return kept

    def matching(self, text: UnitText) -> Unit | None:
        """The unit that was made from this file, or from one of another name that is gone; each unit once."""
        unit = self.by_path.get(text.path)
        if unit is None:
            unit = self.by_slug.get(text.slug or text.natural_slug)
            if unit is None or unit.source_path in {"", *self.paths} or unit.pk in self.claimed:
                return None
        self.claimed.add(unit.pk)
        return unit

    def free_addresses(self, pairs: list[tuple[UnitText, Unit | None]]) -> None:
        """Let go of addresses that change, so that two can swap. Raises ImportProblem for those that can't be had."""
        asked: dict[str, str] = {}
        changing = {unit.pk for text, unit in pairs if unit and text.slug and text.slug != unit.slug}
        ours = {unit.pk for _text, unit in pairs if unit}
        for text, unit in pairs:
            slug = text.slug or (unit.slug if unit else "")
            holder = self.by_slug.get(slug)
            if slug in asked and slug:
                self.notes.problem(text.path, 0, f"asks for the address {slug}, which {asked[slug]} has")
            elif text.slug and holder and holder.pk not in ours:
                self.notes.problem(text.path, 0, f"asks for the address {slug}, which another unit of the course has")
            asked[slug] = text.path
        if self.notes.problems:
            raise ImportProblem(self.notes.problems)
        for pk in changing:
            Unit.objects.filter(pk=pk).update(slug=f"moving-{pk}")

    def place(self, text: UnitText, unit: Unit | None, section: Section) -> tuple[Unit, list[str]]:
        """The unit with its address and its section, and what of these changed."""
        if unit is None:
            slug = text.slug or free_slug(self.course.units.all(), text.natural_slug, "unit")
            unit = Unit.objects.create(
                course=self.course,
                section=section,
                slug=slug,
                title=text.title,
                summary=text.summary,
                source_path=text.path,
                position=section.units.next_position(),
                version=0,
            )
            return unit, []
        slug = text.slug or unit.slug
        wanted = {"address": ("slug", slug), "section": ("section", section), "file": ("source_path", text.path)}
        changes = [what for what, (field, value) in wanted.items() if getattr(unit, field) != value]
        for field, value in wanted.values():
            setattr(unit, field, value)
        if changes:
            unit.save(update_fields=[field for field, _value in wanted.values()])
        if "address" in changes:
            keep_unit_places(unit=unit)
        return unit, changes

    def order(self, units: list[Unit]) -> None:
        """Number the units of each section in the order of the folder; those that aren't from it follow."""
        ours = {unit.pk for unit in units}
        others = [unit for unit in self.before if unit.pk not in ours]
        next_position: dict[int, int] = {}
        for unit in [*units, *others]:
            position = next_position.get(unit.section_id, 1)
            next_position[unit.section_id] = position + 1
            if unit.position != position:
                unit.position = position
                unit.save(update_fields=["position"])
        old = [unit.pk for unit in self.before if unit.pk in ours]
        new = [unit.pk for unit in units if unit.pk in set(old)]
        if old != new:
            self.report.course_changes.append("order")

    def write(self, text: UnitText, unit: Unit, changes: list[str]) -> UnitReport:
        if unit.version == 0:
            write(unit, source=text.source, author=self.author)
            return UnitReport(text.path, unit.title, "new")
        if (unit.source, unit.title, unit.summary) == (text.source, text.title, text.summary):
            status = "unchanged"
        elif self.is_newer_here(text, unit):
            status = "kept"
        else:
            return self.updated(text, unit, changes)
        if refresh_unit(unit):
            changes = [*changes, "images or links"]
        if changes and status == "unchanged":
            status = "updated"
        count = len(unit.block_texts())
        return UnitReport(text.path, unit.title, status, blocks=count, blocks_kept=count, changes=tuple(changes))

    def updated(self, text: UnitText, unit: Unit, changes: list[str]) -> UnitReport:
        new = {"title": text.title, "summary": text.summary, "text": text.source}
        old = {"title": unit.title, "summary": unit.summary, "text": unit.source}
        changes = [*changes, *(what for what in new if new[what] != old[what])]
        if self.was_edited_here(unit):
            reason = f"replaces what {unit.edited_by} wrote here (version {unit.version}, still in the history)"
            self.notes.warn(text.path, 0, reason)
        blocks = set(unit.block_texts())
        unit = edit_unit(
            unit=unit,
            author=self.author,
            source=text.source,
            version=unit.version,
            title=text.title,
            summary=text.summary,
        )
        kept = blocks & set(unit.block_texts())
        return UnitReport(
            path=text.path,
            title=unit.title,
            status="updated",
            blocks=len(blocks),
            blocks_kept=len(kept),
            talks_left=Thread.objects.begun().filter(place__unit_place__unit=unit, block_id__in=blocks - kept).count(),
            changes=tuple(changes),
        )

    def was_edited_here(self, unit: Unit) -> bool:
        """Whether the newest version is somebody's who isn't the one that imports."""
        return unit.edited_by_id not in (None, self.author.pk if self.author else None)

    def is_newer_here(self, text: UnitText, unit: Unit) -> bool:
        """Whether the file is as it was imported, and somebody has written on from there."""
        imported = unit.revisions.filter(source=text.source, title=text.title, number__lt=unit.version)
        return self.was_edited_here(unit) and imported.exists()
