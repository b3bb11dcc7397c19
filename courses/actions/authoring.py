"""Writing courses: sections and units, their text and their order."""

import posixpath
from urllib.parse import unquote, urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from discussions.actions import follow_words, keep_prompt_threads
from markup import Merge, Profile, Prompt, Rendered, folded, merge, render

from ..models import Course, CourseFile, Section, Unit, UnitLink, UnitPlace, UnitRevision
from .cohorts import keep_unit_places

RESERVED_SLUGS = {"new"}  # what addresses under /manage/ use themselves


class EditConflict(Exception):
    """Somebody changed the same in the unit meanwhile. `unit` is as it stands now; `merged` is its text and the one
    that was to be saved, where that has a version to go on from."""

    def __init__(self, unit: Unit, merged: Merge | None = None) -> None:
        super().__init__(unit)
        self.unit, self.merged = unit, merged


def create_course(*, title: str, summary: str = "", slug: str = "", language: str = "en") -> Course:
    return Course.objects.create(
        title=title, summary=summary, language=language, slug=free_slug(Course.objects.all(), slug or title, "course")
    )


@transaction.atomic
def create_section(course: Course, title: str) -> Section:
    """A section at the end of the course. Locks the course row, so that no two get one position."""
    Course.objects.select_for_update().get(pk=course.pk)
    return course.sections.create(title=title, position=course.sections.next_position())


@transaction.atomic
def create_unit(
    *, section: Section, title: str, author: User | None = None, source: str = "", slug: str = "", **more: str
) -> Unit:
    """A unit at the end of its section, with a place in every community that takes the course. Raises TooLong."""
    course = Course.objects.select_for_update().get(pk=section.course_id)
    unit = Unit(
        course=course,
        section=section,
        title=title,
        slug=free_slug(course.units.all(), slug or title, "unit"),
        position=section.units.next_position(),
        version=0,
        **more,
    )
    return write(unit, source=source, author=author)


@transaction.atomic
def edit_unit(
    *,
    unit: Unit,
    author: User | None,
    source: str,
    version: int,
    title: str = "",
    summary: str | None = None,
    note: str = "",
) -> Unit:
    """Save a new version of a unit on top of `version`; what others have changed since stays. Conversations keep their
    blocks. Locks the unit row.

    Raises TooLong, and EditConflict when somebody changed the same meanwhile. What is the same makes no revision.
    """
    unit = lock_unit(unit.pk)
    title = title or unit.title
    summary = unit.summary if summary is None else summary
    if (unit.source, unit.title, unit.summary) == (source, title, summary):
        return unit
    if unit.version != version:
        source, title, summary = with_others(unit, version, source, title, summary)
    unit.title, unit.summary = title, summary
    return write(unit, source=source, author=author, note=note)


def with_others(unit: Unit, version: int, source: str, title: str, summary: str) -> tuple[str, str, str]:
    """The words that were to be saved on top of `version`, and in them what changed in the unit since. Raises
    EditConflict."""
    base = unit.revisions.numbered(version).first()
    if base is None:
        raise EditConflict(unit)
    merged = merge(base.source, unit.source, source)
    fields = [(base.title, unit.title, title), (base.summary, unit.summary, summary)]
    if merged.conflicts or any(mine not in (old, theirs) != theirs != old for old, theirs, mine in fields):
        raise EditConflict(unit, merged)
    title, summary = (theirs if mine == old else mine for old, theirs, mine in fields)
    return merged.text(), title, summary


@transaction.atomic
def restore_unit(*, by: User, unit: Unit, number: int, version: int, note: str = "") -> Unit:
    """Let title and text of the revision `number` stand again as a new one, on top of `version`. Conversations keep
    their blocks. Locks the unit row.

    Raises UnitRevision.DoesNotExist, TooLong, and EditConflict when the unit is at another version by now. What stands
    already makes no revision.
    """
    unit = lock_unit(unit.pk)
    revision = unit.revisions.numbered(number).get()
    if (unit.source, unit.title) == (revision.source, revision.title):
        return unit
    if unit.version != version:
        raise EditConflict(unit)
    unit.title = revision.title
    return write(unit, source=revision.source, author=by, note=note)


def lock_unit(unit_id: int) -> Unit:
    """The unit as it stands now, its row locked."""
    return Unit.objects.select_for_update(of=("self",)).select_related("course").get(pk=unit_id)


def write(unit: Unit, *, source: str, author: User | None, suggested_by: User | None = None, note: str = "") -> Unit:
    """Render and store the unit and its revision, its places and prompts; the caller holds the transaction."""
    rendered = preview_unit(unit, source)
    unit.source, unit.html, unit.renderer = source, rendered.html, rendered.version
    unit.blocks = [block.as_dict() for block in rendered.blocks]
    unit.words = rendered.words
    unit.edited_by, unit.edited_at = author, timezone.now()
    unit.version += 1
    if unit.pk is None:
        unit.save()
    else:
        unit.save(
            update_fields=[
                "title", "summary", "source", "html", "renderer", "blocks", "words", "edited_by", "edited_at",
                "version", "section", "position", "source_path",
            ]
        )  # fmt: skip
    credit = {"author": author, "suggested_by": suggested_by, "note": note, "created_at": unit.edited_at}
    words = {"title": unit.title, "summary": unit.summary, "source": source}
    UnitRevision.objects.create(unit=unit, number=unit.version, **words, **credit)
    keep_talk(unit, rendered.prompts, author=author)
    keep_links(unit, rendered)
    return unit


def keep_talk(unit: Unit, prompts: list[Prompt], *, author: User | None) -> None:
    """Let the talk about a unit follow its text, in each community that takes the course."""
    unit_places = keep_unit_places(unit=unit)
    keep_prompts(unit_places, prompts, author=author)
    follow_words(places=[unit_place.place for unit_place in unit_places], texts=unit.block_texts())


def keep_prompts(unit_places: list[UnitPlace], prompts: list[Prompt], *, author: User | None) -> None:
    """Give each prompt its thread in each community, asked by one of its guides."""
    asked = {prompt.block_id: prompt.text for prompt in prompts}
    for unit_place in unit_places:
        guides = unit_place.community.memberships.current().guides().with_people().by_role_and_name()
        people = [guide.user for guide in guides] if asked else []
        asker = author if author in people or not people else people[0]
        if asker:
            keep_prompt_threads(place=unit_place.place, prompts=asked, asked_by=asker)


def preview_unit(unit: Unit, source: str) -> Rendered:
    """The unit's page as it would be with this text; nothing is stored. Raises TooLong."""
    files = {file.path: file.get_absolute_url() for file in CourseFile.objects.filter(course=unit.course)}
    units = dict(unit.course.units.exclude(source_path="").values_list("source_path", "slug"))
    folder = posixpath.dirname(unit.source_path)

    def target(address: str) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))

    def image_url(src: str) -> str | None:
        return files.get(target(src))

    def link_url(href: str) -> str | None:
        slug = units.get(target(href))
        return f"../{slug}/" if slug else None

    return render(
        source,
        Profile.UNIT,
        previous=unit.known_blocks(),
        image_url=image_url,
        link_url=link_url,
        title_url=lambda title: f"../../wiki/to/?{urlencode({'title': title})}",
    )


def keep_links(unit: Unit, rendered: Rendered) -> None:
    """Note which wiki pages the unit's text names now; the caller holds the transaction."""
    names = {folded(title) for title in rendered.titles}
    links = UnitLink.objects.filter(unit=unit)
    known = set(links.values_list("name", flat=True))
    if gone := known - names:
        links.filter(name__in=gone).delete()
    UnitLink.objects.bulk_create([UnitLink(unit=unit, name=name) for name in sorted(names - known)])


@transaction.atomic
def move(row: Section | Unit, *, step: int) -> None:
    """Swap a section or a unit with the one before (`step` -1) or after it (1).

    A unit at the edge of its section goes into the neighbouring section. At the edge of the course nothing happens.
    Locks the course row.
    """
    Course.objects.select_for_update().get(pk=row.course_id)
    row.refresh_from_db()
    siblings = row.course.sections if isinstance(row, Section) else row.section.units
    other = siblings.neighbour(row, step=step)
    if other:
        row.position, other.position = other.position, row.position
        row.save(update_fields=["position"])
        other.save(update_fields=["position"])
    elif isinstance(row, Unit) and (section := row.course.sections.neighbour(row.section, step=step)):
        ends = section.units.in_order()
        row.section = section
        row.position = section.units.next_position() if step < 0 or not ends else 0
        row.save(update_fields=["section", "position"])
        if row.position == 0:
            renumber(section)


def renumber(section: Section) -> None:
    """Give a section's units the positions 1, 2, 3…"""
    for position, unit in enumerate(section.units.in_order().without_texts(), start=1):
        Unit.objects.filter(pk=unit.pk).update(position=position)


def free_slug(rows: QuerySet, title: str, otherwise: str) -> str:
    """An address that none of `rows` has, as near to `title` as can be."""
    base = slugify(title)[:70] or otherwise
    slug, n = base, 1
    while slug in RESERVED_SLUGS or rows.filter(slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug
