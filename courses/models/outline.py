"""A course as one reader of one community sees it."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from community.models import Membership
from discussions.models import NewCounts

from .cohort import UnitPlace
from .progress import done_by
from .unit import Unit


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
    community = membership.community_id
    unit_places = UnitPlace.objects.of(community).for_outline().annotate(done_by=done_by(membership.user_id))
    now = timezone.now()
    outline = Outline(new_in_community=new.communities.get(community, 0))
    for unit_place in unit_places.in_course_order():
        unit, place = unit_place.unit, unit_place.place
        course = unit.course
        outline.open_suggestions += unit_place.open_suggestions
        outline.is_own = course.owner_id == community
        outline.course_title, outline.course_slug, outline.language = course.title, course.slug, course.language
        outline.units.append(
            OutlineUnit(
                title=unit.title,
                slug=unit.slug,
                summary=unit.summary,
                minutes=unit.minutes,
                path=place.path,
                post_count=place.post_count,
                new_count=new.places.get(place.pk, 0),
                opens_at=place.opens_at,
                is_open=membership.is_guide or place.opens_at is None or place.opens_at <= now,
                done_by=unit_place.done_by,
                done_when=unit.done_when,
                is_current=current is not None and unit.pk == current.pk,
                section=unit.section.title,
            )
        )
    return outline
