"""The product, played hour by hour with random people, and compared with the model at each beat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest import mock
from uuid import uuid4

import time_machine
from django.db import transaction

from accounts.models import User
from discussions.actions import reply, start_thread
from discussions.actions.reading import catch_up
from discussions.models import Post
from notifications.actions import at_once, change_mail, digesting, digests, fan_out, follow, schedule_digests
from notifications.actions.at_once import tell_at_once
from notifications.models import Delivery, Event, Level, Notification
from tests.clockwork.model import Member, Model, Said
from tests.factories import a_community, a_member, commons_of

START = datetime(2026, 3, 1, 0, tzinfo=UTC)  # the clocks of five of the zones change within sixty days
HOUR = timedelta(hours=1)
ZONES = (
    *("Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Santiago", "America/St_Johns"),
    *("Africa/Cairo", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Auckland"),
    *("Pacific/Kiritimati", "UTC"),
)
FREQUENCIES = ("daily", "daily", "days", "weekly", "never")
THREADS = 6


class Caught:
    """In place of what draws mails: a letter holds the digest itself."""

    def __init__(self, found: list[Any]) -> None:
        pass

    def mail(self, digest: Any, *, message_id: str) -> Any:
        return digest


def caught(_row: Any, _person: User, told: list[Notification]) -> Any:
    """The same of a mail at once: the posts that it tells."""
    return {notification.event.object_id for notification in told}


@contextmanager
def playing(people: int, seed: int) -> Iterator["Play"]:
    with (
        time_machine.travel(START - HOUR, tick=False) as clock,
        mock.patch.object(digesting, "Press", Caught),
        mock.patch.object(at_once, "write_mail", caught),
    ):
        yield Play(people, Random(seed), clock)


class Play:
    def __init__(self, people: int, random: Random, clock: Any) -> None:
        self.random, self.clock = random, clock
        self.beats = self.told = self.mailed = 0
        self.community = a_community("Everywhere")
        self.place = commons_of(self.community)
        self.people = {user.pk: user for user in (a_member(self.community, f"Member {n}") for n in range(people))}
        for number, user in enumerate(self.people.values()):
            user.time_zone = ZONES[number % len(ZONES)]
            user.save(update_fields=["time_zone"])
        posts = [self.start(user) for user in random.sample(list(self.people.values()), THREADS)]
        self.threads = {post.thread_id: post.thread for post in posts}
        members = [Member(pk, user.time_zone, user.time_zone) for pk, user in self.people.items()]
        self.model = Model(members, START - HOUR, {pk: thread.created_by_id for pk, thread in self.threads.items()})
        for post in posts:
            self.said(post, [])
        self.now, self.resumes_at = START - HOUR, START
        schedule_digests()
        for number, user in enumerate(self.people.values()):
            change_mail(person=user, is_mailed_at_once=number % 3 > 0)
            self.model.members[user.pk].is_mailed_at_once = number % 3 > 0

    def days(self, count: int) -> None:
        for _hour in range(24 * count):
            self.now += HOUR
            self.clock.move_to(self.now, tick=False)
            if self.now >= self.resumes_at:
                self.mail_at_once()
                self.beat()
            self.live()

    def mail_at_once(self) -> None:
        """Compare what the product mails at once now with what the model says: for whom, and the posts in each."""
        rows = list(Delivery.objects.of_kind(Delivery.Kind.AT_ONCE).waiting().with_people())
        letters = tell_at_once(rows)
        told = {
            (row.person_id, int(row.subject.partition(":")[2])): letters[row.pk].message
            for row in rows
            if row.pk in letters and row.person_id in self.people
        }
        assert told == self.model.mails(), self.now
        for letter in letters.values():
            letter.on_sent()
        Delivery.objects.with_ids([row.pk for row in rows]).update(state="sent", done_at=self.now)
        self.mailed += sum(map(len, told.values()))

    def beat(self) -> None:
        """Compare what the product makes now with what the model says: for whom, and the posts in each."""
        expected = self.model.beat(self.now)
        schedule_digests()
        rows = list(Delivery.objects.of_kind(Delivery.Kind.DIGEST).waiting().with_people())
        made = [row.person_id for row in rows if row.person_id in self.people]
        assert sorted(made) == sorted(expected), (self.now, set(made) ^ set(expected))
        letters = digests(rows)
        told = {row.person_id: posts_in(letters[row.pk]) if row.pk in letters else set() for row in rows}
        for pk, posts in expected.items():
            assert told[pk] == posts, (self.now, self.people[pk].time_zone, told[pk] ^ posts)
        with transaction.atomic():
            for letter in letters.values():
                letter.on_sent()
        Delivery.objects.with_ids([row.pk for row in rows]).update(state="sent", done_at=self.now)
        self.beats, self.told = self.beats + len(expected), self.told + sum(map(len, expected.values()))

    def live(self) -> None:
        """What happens in an hour, after its beat."""
        share = len(self.people) / 24
        for chance, happen in (
            *((0.1, self.write), (0.25 * share, self.read), (0.12 * share, self.choose_level)),
            *((0.4 * share, self.choose_mail), (0.15 * share, self.travel), (0.004, self.break_down)),
        ):
            if self.random.random() < chance:
                happen(self.random.choice(list(self.people.values())))

    def start(self, user: User) -> Post:
        return start_thread(
            author=user, place=self.place, title="Something", body="What do you make of it?", key=uuid4()
        )

    def write(self, user: User) -> None:
        thread = self.random.choice(list(self.threads.values()))
        named = self.random.sample(list(self.people.values()), self.random.choice((0, 0, 1, 2)))
        answered = self.random.choice((None, *thread.posts.order_by("-pk")[:3]))
        body = " ".join(["I would say so.", *(f"@{person.handle}" for person in named)])
        post = reply(author=user, thread=thread, body=body, key=uuid4(), answers_to=answered and answered.pk)
        self.said(post, [person.pk for person in named] + ([answered.author_id] if answered else []))

    def said(self, post: Post, addressed: list[int]) -> None:
        addressed = [pk for pk in addressed if pk in self.model.members]
        self.model.say(Said(post.pk, post.author_id, post.thread_id, datetime.now(tz=UTC), {}), addressed)
        for event in list(Event.objects.not_fanned_out().values_list("pk", flat=True)):
            fan_out(event)

    def read(self, user: User) -> None:
        thread = self.random.choice(list(self.threads))
        newest = max(post.pk for post in self.model.posts if post.thread == thread)
        catch_up(user, among=Post.objects.in_threads([thread]), up_to=newest)
        self.model.members[user.pk].read[thread] = newest

    def choose_level(self, user: User) -> None:
        key, subject = self.random.choice([*self.threads.items(), ("place", self.place), ("community", self.community)])
        level = self.random.choice(["all", "digest", "digest", "mentions", "muted"])
        follow(person=user, subjects=[subject], level=Level(level))
        self.model.members[user.pk].levels[key] = level

    def choose_mail(self, user: User) -> None:
        days = set(self.random.sample(range(7), self.random.randint(1, 5)))
        frequency = self.random.choice(FREQUENCIES)
        chosen = {"hour": self.random.randrange(24), "frequency": frequency}
        change_mail(person=user, days="".join(map(str, sorted(days))), **chosen)
        self.model.change(user.pk, self.now, days=days, **chosen)

    def travel(self, user: User) -> None:
        user.time_zone = self.random.choice(ZONES)
        user.save(update_fields=["time_zone"])
        self.model.members[user.pk].zone = user.time_zone

    def break_down(self, _user: User) -> None:
        self.resumes_at = self.now + self.random.randint(2, 9) * HOUR


def posts_in(letter: Any) -> set[int]:
    """The posts that a caught digest tells, and those that it only counts."""
    return {pk for _kind, pk in letter.message.keys}
