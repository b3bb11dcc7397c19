"""Running a course with a community."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from community.actions import found_community, record_act
from community.models import AuditEntry, Community, Place
from discussions.actions import keep_prompt_threads
from markup import Profile, render

from ..models import Cohort, Course, Holiday, Unit, UnitPlace
from .dating import keep_holidays, make_dates
from .welcoming import write_welcome


def start_cohort(
    *,
    course: Course,
    title: str,
    starts_on: datetime.date,
    time_zone: str,
    host: User,
    purpose: str = "",
    slug: str = "",
    ends_on: datetime.date | None = None,
    is_self_paced: bool = False,
    holidays: Sequence[Holiday] = (),
    welcome: str = "",
    key: UUID | None = None,
) -> Cohort:
    """A community in season `cohort`, with a place for each unit. Members see the units from `starts_on` on, or from
    the dates on which the course's schedule opens them; what the schedule asks is asked as its time comes.

    `holidays` are not stored yet. Raises TooLong for the welcome. A second call with the same `key` returns what the
    first one made.
    """
    times = {"starts_on": starts_on, "ends_on": ends_on, "is_self_paced": is_self_paced, "time_zone": time_zone}
    try:
        with transaction.atomic():
            community = found_community(
                title=title, purpose=purpose, host=host, season=Community.Season.COHORT, slug=slug
            )
            cohort = Cohort.objects.create(community=community, course=course, key=key, **times)
            furnish(cohort, host)
            keep_holidays(cohort, holidays)
            make_dates(cohort)
            record_act(by=host, act=AuditEntry.Act.COHORT, community=community, about=str(cohort))
            if welcome:
                write_welcome(by=host, cohort=cohort, source=welcome)
    except IntegrityError:
        if key and (again := Cohort.objects.with_courses().filter(key=key).first()):
            return again
        raise
    return cohort


def furnish(cohort: Cohort, host: User) -> None:
    """Give each unit a place, and each prompt in its text a thread."""
    for unit in cohort.course.units.in_course_order():
        prompts = {p.block_id: p.text for p in render(unit.source, Profile.UNIT, previous=unit.known_blocks()).prompts}
        for unit_place in keep_unit_places(unit=unit, cohorts=[cohort]):
            keep_prompt_threads(place=unit_place.place, prompts=prompts, asked_by=host)


def keep_unit_places(*, unit: Unit, cohorts: list[Cohort] | None = None) -> list[UnitPlace]:
    """Give `unit` a place in each community that takes its course, and keep title and path of those it has.

    Runs again without effect.
    """
    if cohorts is None:
        cohorts = list(Cohort.objects.filter(course=unit.course_id).select_related("community"))
    have = {
        unit_place.community_id: unit_place
        for unit_place in UnitPlace.objects.filter(unit=unit).select_related("place", "community")
    }
    return [kept_place(unit, cohort, have.get(cohort.community_id)) for cohort in cohorts]


def kept_place(unit: Unit, cohort: Cohort, unit_place: UnitPlace | None) -> UnitPlace:
    path = reverse("unit", args=[cohort.community.slug, unit.slug])
    if unit_place is None:
        place = Place.objects.create(
            community=cohort.community,
            kind=Place.Kind.UNIT,
            title=unit.title,
            path=path,
            opens_at=cohort.opens_at if cohort.community.season == Community.Season.COHORT else None,
        )
        return UnitPlace.objects.create(unit=unit, community=cohort.community, place=place)
    place = unit_place.place
    if (place.title, place.path) != (unit.title, path):
        place.title, place.path = unit.title, path
        place.save(update_fields=["title", "path"])
    return unit_place
