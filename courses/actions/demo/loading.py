"""Loading the demo into an empty Weft."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from community.models import Community
from courses.models import Course, Unit, UnitRevision
from discussions.models import Post, Thread
from resources.models import Collection, Resource
from wiki.models import Revision, WikiPage

from ..importing import ImportReport, discard_files, import_course
from .collecting import collect
from .digesting import expect_digests
from .following import choose_levels
from .founding import found_by_themselves
from .hosting import take_turns
from .mailing import let_mail_come_back
from .people import ADMIN, COURSE_DAYS, add_people, let_go_on_together, note_progress, note_reading, open_community
from .reading import leave_me_too, note_reading_time
from .rostering import bring_people
from .scheduling import schedule, welcome
from .talk import UNREAD_FOR, DemoProblem, Talk, let_join_in_time

FOUNDED_COURSE_DAYS = 40
GONE_AWAY = "viktor"  # whose address takes no mail any more
FOLDER = Path(__file__).resolve().parents[2] / "demo"


@dataclass(frozen=True)
class DemoReport:
    """What there is now: the names of things and how many of them."""

    course: Course
    counts: dict[str, int]


def load_demo(*, folder: Path = FOLDER, now: datetime | None = None) -> DemoReport:
    """People, a course, three communities and their talk, as if written over the last months. All or nothing.

    Raises DemoProblem where there are people already, and where the talk's texts don't fit the course's.
    """
    imported: list[ImportReport] = []
    try:
        with transaction.atomic(), told_already():
            if User.objects.exists():
                raise DemoProblem("There are people here already; the demo is for an empty Weft.")
            return load(folder, now or timezone.now(), imported)
    except BaseException:
        for report in imported:
            discard_files(report.stored)
        raise


@contextmanager
def told_already() -> Iterator[None]:
    """Inside, nothing is asked of the workers: the demo tells people what happened itself, as of when it happened."""
    before = list(connection.run_on_commit)
    try:
        yield
    finally:
        connection.run_on_commit = before


def load(folder: Path, now: datetime, imported: list[ImportReport]) -> DemoReport:
    cast = read(folder / "people.yaml")
    people = add_people(cast["people"], now)
    report = import_course(folder / "course", author=people[ADMIN])
    imported.append(report)
    backdate_course(report.course, now - timedelta(days=COURSE_DAYS))
    weeks = read(folder / "schedule.yaml") if (folder / "schedule.yaml").exists() else None
    if weeks:
        schedule(report.course, weeks)
    # The oldest community first, so that numbers grow with time.
    rows = sorted(cast["communities"], key=lambda row: row["season"], reverse=True)
    communities = [open_community(report.course, row, people, now) for row in rows]
    let_go_on_together(report.course, communities, people[ADMIN])
    if weeks:
        welcome(weeks["welcome"], people)
    founded = [found_by_themselves(row, people, now) for row in cast.get("founded", ())]
    for community in founded:
        backdate_course(community.own_course, now - timedelta(days=FOUNDED_COURSE_DAYS))
    talk = Talk(people, now)
    for path in sorted((folder / "talk").glob("*.yaml")):
        talk.gather(read(path))
    talk.run()
    collect(read(folder / "collections.yaml"), people, now)
    let_join_in_time([*communities, *founded])
    for community, row in zip(communities, rows, strict=True):
        take_turns(community, row, people)
        choose_levels(community, row["levels"], people)
    bring_people(next(one for one in communities if one.season == Community.Season.COHORT), by=people[ADMIN])
    for community in communities:
        note_progress(community, report.course)
        note_reading_time(community, now)
        leave_me_too(community, now)
        note_reading(community, now - UNREAD_FOR)
    for community in founded:
        note_reading(community, now - UNREAD_FOR)
    expect_digests(people.values(), now)
    let_mail_come_back(people[GONE_AWAY], now)
    return DemoReport(report.course, counted())


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def backdate_course(course: Course, when: datetime) -> None:
    Course.objects.filter(pk=course.pk).update(created_at=when)
    Unit.objects.filter(course=course).update(edited_at=when)
    UnitRevision.objects.filter(unit__course=course).update(created_at=when)


def counted() -> dict[str, int]:
    return {
        "people": User.objects.count(),
        "units": Unit.objects.count(),
        "threads": Thread.objects.begun().count(),
        "posts": Post.objects.count(),
        "shared links": Resource.objects.count(),
        "collections": Collection.objects.count(),
        "wiki pages": WikiPage.objects.count(),
        "versions of them": Revision.objects.count(),
    }
