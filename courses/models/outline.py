"""A course as one reader of one community sees it."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from community.models import Membership
from community.models.prepared import prepared
from discussions.models import NewCounts

from .cohort import UnitPlace
from .progress import done_by
from .unit import Unit, minutes_of


@dataclass
class OutlineUnit:
    title: str
    slug: str
    summary: str
    minutes: int
    path: str
    post_count: int
    new_count: int
    opens_at: datetime | None
    is_open: bool
    done_by: str  # see courses.models.done_by
    done_when: str
    is_current: bool
    section: str

    @property
    def is_done(self):
        return bool(self.done_by)


@dataclass
class Outline:
    """The units in order. `next` and `previous` are the neighbours of the current one."""

    units: list[OutlineUnit] = field(default_factory=list)
    course_title: str = ""
    course_slug: str = ""
    language: str = "en"
    new_in_community: int = 0  # posts new to the reader, in the units and elsewhere
    is_own: bool = False  # the community writes it for itself
    open_suggestions: int = 0  # from this community, on all of its units

    @property
    def sections(self):
        return [(title, list(units)) for title, units in groupby(self.units, key=lambda unit: unit.section)]

    @property
    def position(self):
        return next((i for i, unit in enumerate(self.units) if unit.is_current), None)

    @property
    def next(self):
        return None if self.position is None else next(iter(self.units[self.position + 1 :]), None)

    @property
    def previous(self):
        return self.units[self.position - 1] if self.position else None

    @property
    def current(self):
        return None if self.position is None else self.units[self.position]

    @property
    def done_count(self):
        return sum(unit.is_done for unit in self.units)

    @property
    def to_go_on_with(self):
        """The first open unit the reader is not done with."""
        return next((unit for unit in self.units if unit.is_open and not unit.is_done), None)


NOTHING_NEW = NewCounts()


def outline_of(membership: Membership, *, current: Unit | None = None, new: NewCounts = NOTHING_NEW) -> Outline:
    """The outline of the course that a member's community takes, in one query; `new` is what is new to them. A unit
    that has not opened yet stands in the outline with its title and its date, but only its guides can open it."""
    community, is_guide, now = membership.community_id, membership.is_guide, timezone.now()
    outline = Outline(new_in_community=new.communities.get(community, 0))
    current_id = current.pk if current is not None else None
    rows = map(parted, units_of(community, membership.user_id))
    for unit_id, place_id, suggestions, words, opens_at, course, unit in rows:
        outline.open_suggestions += suggestions
        outline.course_title, outline.course_slug, outline.language, owner = course
        outline.is_own = owner == community
        outline.units.append(
            OutlineUnit(
                **unit,
                opens_at=opens_at,
                minutes=minutes_of(words),
                new_count=new.places.get(place_id, 0),
                is_open=is_guide or opens_at is None or opens_at <= now,
                is_current=unit_id == current_id,
            )
        )
    return outline


COURSE = ("unit__course__title", "unit__course__slug", "unit__course__language", "unit__course__owner")
UNIT = {
    "title": "unit__title",
    "slug": "unit__slug",
    "summary": "unit__summary",
    "path": "place__path",
    "post_count": "place__post_count",
    "done_by": "done_by",
    "done_when": "unit__done_when",
    "section": "unit__section__title",
}


@prepared
def units_of(community, person):
    """What an outline shows of each unit, as values: with models, most of the time went into making them."""
    known = UnitPlace.objects.of(community).annotate(done_by=done_by(person)).in_course_order()
    return known.values_list(
        "unit", "place", "open_suggestions", "unit__words", "place__opens_at", *COURSE, *UNIT.values()
    )


def parted(row):
    """The first of these values, then those of the course, then those of the unit by their names."""
    end = len(row) - len(UNIT)
    return *row[: end - len(COURSE)], row[end - len(COURSE) : end], dict(zip(UNIT, row[end:], strict=True))
