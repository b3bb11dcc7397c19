"""What the pages are measured with: a unit of exactly 30 threads, 300 posts, 20 resources and a wiki page, a
conversation of 300 posts, and twenty people who read. `python -m tests.bench.stage POSTS` puts them into the database
of the environment, with so much load data around them (0: it is there), and prints as JSON where they are."""

import json
import random
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

THREADS, POSTS, RESOURCES, LONG = 30, 300, 20, 300
READERS = 20
READ = 20  # of the unit's threads; the others are new to everybody
UNITS, MEMBERS, LOAD_THREADS = 50, 260, 4_000  # of the load data


def fill(posts: int) -> Any:
    """Load data in the database, which is made ready for it."""
    from django.core.management import call_command
    from django.db import connection

    from courses.actions.seeding import Wanted, seed

    call_command("migrate", interactive=False, verbosity=0)
    made = seed(Wanted(units=UNITS, members=MEMBERS, threads=min(LOAD_THREADS, posts), posts=posts), slug="load")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


class Stage:
    """Built into a course and the community that takes it."""

    def __init__(self, community: Any, course: Any) -> None:
        from courses.actions.seeding.words import Words

        self.community, self.course = community, course
        self.chance = random.Random(300)
        self.words = Words(self.chance)
        self.texts = self.words.posts(POSTS)
        memberships = community.memberships.select_related("user").order_by("-pk")
        self.people = [membership.user for membership in memberships]
        self.readers = self.people[-READERS - 1 : -1]  # not the host

    def pages(self) -> dict[str, str]:
        """The addresses of what is measured."""
        unit = self.place("Measured unit")
        self.busy = {"thread": self.talk(unit, self.lengths(), blocks=True)[0].pk, "slug": self.community.slug}
        self.shelf(unit)
        long = self.talk(self.place("Unit of a long conversation"), [LONG])[0]
        self.live = {"place": long.place_id, "thread": long.pk, "slug": self.community.slug}
        self.read(unit)
        return {
            "unit page": unit.path,
            "Today": "/",
            "community": self.community.get_absolute_url(),
            f"conversation of {LONG} posts": long.get_absolute_url(),
            "course outline": self.course.get_absolute_url(),
        }

    def place(self, title: str) -> Any:
        from courses.actions import create_unit
        from courses.models import UnitPlace

        section = self.course.sections.order_by("-position")[0]
        source, _rendered = self.words.unit()
        unit = create_unit(section=section, title=title, source=source)
        place = UnitPlace.objects.select_related("place").get(unit=unit, community=self.community).place
        place.community, place.blocks = self.community, unit.blocks
        return place

    def lengths(self) -> list[int]:
        """Of the threads: a few are long, the most short, all together POSTS."""
        lengths = [1 + int(40 / (number + 1)) for number in range(THREADS)]
        for number in range(POSTS - sum(lengths)):
            lengths[number % THREADS] += 1
        assert len(lengths) == THREADS
        assert sum(lengths) == POSTS, lengths
        return lengths

    def talk(self, place: Any, lengths: list[int], *, blocks: bool = False) -> list[Any]:
        """Threads of so many posts each. The last post of each is written as people do, so that it is told."""
        from django.utils import timezone

        from discussions.actions import reply, start_thread
        from discussions.models import Post, Thread

        threads, now = [], timezone.now()
        for number, length in enumerate(lengths):
            at = place.blocks[number % len(place.blocks)] if blocks and number % 5 else {"id": "", "text": ""}
            source = self.texts[number][0]
            post = start_thread(
                author=self.people[number], place=place, title=self.words.sentence()[: Thread.TITLE_MAX], body=source,
                key=uuid4(), block_id=at["id"], quote=at["text"][: Thread.QUOTE_MAX],
            )  # fmt: skip
            began = now - timedelta(days=length)
            rows = [self.post(post.thread, began + timedelta(hours=23 * n)) for n in range(1, length - 1)]
            Post.objects.bulk_create(rows)
            Post.objects.filter(pk=post.pk).update(created_at=began)
            Thread.objects.filter(pk=post.thread_id).update(post_count=1 + len(rows), created_at=began)
            type(place).objects.filter(pk=place.pk).update(post_count=sum(lengths[:number]) + 1 + len(rows))
            if length > 1:
                reply(author=self.people[-1 - number], thread=post.thread, body=self.texts[-1 - number][0], key=uuid4())
            threads.append(post.thread)
        assert Post.objects.filter(thread__place=place).count() == sum(lengths)
        return threads

    def post(self, thread: Any, when: Any) -> Any:
        from discussions.models import Post

        source, rendered = self.chance.choice(self.texts)
        author = self.chance.choice(self.people)
        text = {"source": source, "html": rendered.html, "renderer": rendered.version}
        return Post(thread=thread, author=author, key=uuid4(), created_at=when, **text)

    def shelf(self, place: Any) -> None:
        from resources.actions import share
        from wiki.actions import create_page

        for number in range(RESOURCES):
            said = {"title": self.words.sentence()[:80], "why": self.words.sentence()}
            url = f"https://example.org/{uuid4()}" if number % 4 else ""
            text = "" if url else self.texts[number][0]
            tags = ["practice", f"week {number % 5}"]
            share(sharer=self.people[number], place=place, key=uuid4(), url=url, text=text, tags=tags, **said)
        body = "\n\n".join(source for source, _rendered in self.texts[:6])
        create_page(author=self.people[0], place=place, title="What we know", body=body, key=uuid4())

    def read(self, place: Any) -> None:
        """The readers have read most of it."""
        from discussions.models import Thread, ThreadRead

        threads = Thread.objects.filter(place=place).order_by("pk")[:READ]
        last = {thread.pk: thread.posts.order_by("-pk")[0].pk for thread in threads}
        ThreadRead.objects.bulk_create(
            ThreadRead(person=person, thread_id=thread, up_to=up_to)
            for person in self.readers
            for thread, up_to in last.items()
        )

    def cookies(self) -> list[str]:
        from tests.serving import Site

        return [Site(0).cookie_of(person) for person in self.readers]


def made_anew(pages: dict[str, str]) -> dict[str, str]:
    """Some of them at addresses at which they were not kept, though their posts may be drawn already."""
    return {f"{name}, made anew": f"{pages[name]}?anew={{n}}" for name in ("unit page", "Today")}


def queries(person: Any, path: str) -> int:
    """How often a page asks the database when it is opened again; at another address each time, for `{n}`."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    for n in range(2):
        assert client.get(path.format(n=n)).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path.format(n=2))
    return len(asked)


def main(posts: int) -> None:
    import django

    django.setup()
    from community.models import Community
    from courses.models import Course

    if posts:
        fill(posts)
    stage = Stage(Community.objects.get(slug="load"), Course.objects.get(slug="course-load"))
    pages = stage.pages()
    asked = {name: queries(stage.readers[0], path) for name, path in (pages | made_anew(pages)).items()}
    found = {"pages": pages, "queries": asked, "cookies": stage.cookies(), "live": stage.live, "busy": stage.busy}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
