"""Load data: a course and a cohort of any size, written in bulk. For measuring, not for reading."""

import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from community.models import Community, Membership, Place
from courses.models import Course, Unit, UnitPlace, UnitRevision
from discussions.models import Post, Thread

from ..authoring import create_course, create_section
from ..cohorts import start_cohort
from ..demo.people import PASSWORD, add_person
from .words import Words

BATCH = 2_000  # rows
DAYS = 60  # over which the talk is spread
UNITS_A_SECTION = 10


Row = TypeVar("Row", bound=Model)


class SlugTaken(Exception):
    """There is a community at the address asked for."""


@dataclass(frozen=True)
class Wanted:
    """How much of each. At least one unit, one member, and a post for each thread."""

    units: int
    members: int
    threads: int
    posts: int


@dataclass
class Seed:
    """What was made; `steps` are (name, rows, seconds)."""

    community: Community
    course: Course
    steps: list[tuple[str, int, float]] = field(default_factory=list)


def seed(wanted: Wanted, *, slug: str = "") -> Seed:
    """A new course, cohort and community with that much in them. All or nothing. Raises SlugTaken.

    The same numbers give the same shape: a few long threads and many short ones, over units and blocks.
    """
    with transaction.atomic():
        if slug and Community.objects.filter(slug=slug).exists():
            raise SlugTaken(slug)
        return Seeding(wanted, slug or free_slug()).run()


def free_slug() -> str:
    taken = set(Community.objects.filter(slug__startswith="load-").values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := f"load-{n}") not in taken)


class Seeding:
    def __init__(self, wanted: Wanted, slug: str) -> None:
        self.wanted, self.slug = wanted, slug
        self.random = random.Random(20_26)
        self.now = timezone.now()
        self.began = self.now - timedelta(days=DAYS)
        self.words = Words(self.random)

    def run(self) -> Seed:
        handle = re.sub(r"\W", "_", self.slug)[:20]
        host = add_person(
            name=self.words.name(),
            email=f"{self.slug}@example.org",
            handle=f"{handle}_host",
            password=make_password(PASSWORD),
        )
        course = create_course(title=f"Load of {self.wanted.units} units", slug=f"course-{self.slug}")
        self.community = start_cohort(
            course=course,
            title=f"Load {self.slug}",
            slug=self.slug,
            starts_on=self.began.date(),
            time_zone="UTC",
            host=host,
        ).community
        made = Seed(self.community, course)
        for name, step in (
            ("members", lambda: self.add_members(handle, host)),
            ("units", lambda: self.add_units(course)),
            ("threads", self.add_threads),
            ("posts", self.add_posts),
        ):
            start = time.monotonic()
            made.steps.append((name, step(), time.monotonic() - start))
        return made

    def add_members(self, handle: str, host: User) -> int:
        rows = [
            User(
                name=self.words.name(),
                email=f"{self.slug}-{n}@example.org",
                handle=f"{handle}_{n}",
                password=host.password,
            )
            for n in range(2, self.wanted.members + 1)
        ]
        saved = save(rows)
        save([EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in saved])
        save([Membership(community=self.community, user=user, joined_at=self.began) for user in saved])
        self.people = [host, *saved]
        return len(self.people)

    def add_units(self, course: Course) -> int:
        """Units and their places. The pool's texts repeat; block ids only have to differ within a unit."""
        pool = self.words.units(self.wanted.units)
        rows = []
        for n in range(self.wanted.units):
            if n % UNITS_A_SECTION == 0:
                section = create_section(course, f"Section {1 + n // UNITS_A_SECTION}")
            source, rendered = pool[n % len(pool)]
            rows.append(
                Unit(
                    course=course,
                    section=section,
                    slug=f"unit-{n + 1}",
                    title=f"Unit {n + 1}",
                    position=1 + n % UNITS_A_SECTION,
                    source=source,
                    html=rendered.html,
                    blocks=[block.as_dict() for block in rendered.blocks],
                    renderer=rendered.version,
                    words=rendered.words,
                )
            )
        self.units = save(rows)
        save([UnitRevision(unit=unit, number=1, title=unit.title, source=unit.source) for unit in self.units])
        paths = [reverse("unit", args=[self.slug, unit.slug]) for unit in self.units]
        self.places = save(
            [
                Place(community=self.community, kind=Place.Kind.UNIT, title=unit.title, path=path, opens_at=self.began)
                for unit, path in zip(self.units, paths, strict=True)
            ]
        )
        pairs = zip(self.units, self.places, strict=True)
        save([UnitPlace(unit=unit, place=place, community=self.community) for unit, place in pairs])
        return len(self.units)

    def add_threads(self) -> int:
        """Threads with the counts and the times of the posts that `add_posts` writes, and the places' counters."""
        self.calendar = self.planned()
        counts = Counter(number for _when, number in self.calendar)
        first: dict[int, datetime] = {}
        last: dict[int, datetime] = {}
        for when, number in self.calendar:
            first.setdefault(number, when)
            last[number] = when
        rows = [self.thread(number, counts[number], first[number], last[number]) for number in first]
        self.threads = dict(zip(first, save(rows), strict=True))
        for place in self.places:
            place.thread_count = place.post_count = 0
        by_pk = {place.pk: place for place in self.places}
        for thread in rows:
            by_pk[thread.place_id].thread_count += 1
            by_pk[thread.place_id].post_count += thread.post_count
        Place.objects.bulk_update(self.places, ["thread_count", "post_count"], batch_size=BATCH // 4)
        return len(rows)

    def planned(self) -> list[tuple[datetime, int]]:
        """When which thread gets a post, oldest first. A few threads get most of them."""
        numbers = range(self.wanted.threads)
        weights = [1 / (number + 1) ** 0.7 for number in numbers]
        more = self.random.choices(numbers, weights, k=self.wanted.posts - self.wanted.threads) if numbers else []
        starts = [self.random.random() for _ in numbers]
        moments = [(start, number) for number, start in enumerate(starts)]
        moments += [(starts[n] + (1 - starts[n]) * self.random.random() ** 2, n) for n in more]
        return [(self.began + timedelta(days=DAYS * share), n) for share, n in sorted(moments)]

    def thread(self, number: int, posts: int, first: datetime, last: datetime) -> Thread:
        at = self.random.randrange(len(self.units))
        block = self.random.choice(self.units[at].blocks) if self.random.random() < 0.8 else {"id": "", "text": ""}
        return Thread(
            place=self.places[at],
            kind=Thread.Kind.QUESTION if number % 4 == 0 else Thread.Kind.DISCUSSION,
            title=self.words.sentence()[: Thread.TITLE_MAX],
            block_id=block["id"],
            quote=block["text"][: Thread.QUOTE_MAX],
            key=self.uuid(),
            created_by=self.random.choice(self.people),
            created_at=first,
            last_post_at=last,
            post_count=posts,
        )

    def add_posts(self) -> int:
        pool = self.words.posts(len(self.calendar))
        begun: set[int] = set()
        batch: list[Post] = []
        for when, number in self.calendar:
            thread = self.threads[number]
            source, rendered = self.random.choice(pool)
            author = self.random.choice(self.people).pk if number in begun else thread.created_by_id
            key = self.uuid() if number in begun else thread.key  # as start_thread does
            begun.add(number)
            batch.append(
                Post(
                    thread=thread,
                    author_id=author,
                    key=key,
                    source=source,
                    html=rendered.html,
                    renderer=rendered.version,
                    created_at=when,
                )
            )
            if len(batch) == BATCH:
                save(batch)
                batch = []
        save(batch)
        return len(self.calendar)

    def uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)


def save(rows: list[Row]) -> list[Row]:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
    return rows
