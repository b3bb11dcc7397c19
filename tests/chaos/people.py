"""Who is in the community, what is said there, and what each of them is to hear. Needs Django to be set up."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from community.models import Community, Place
from courses.actions.seeding import Wanted, seed
from discussions.actions import catch_up, reply, start_thread
from discussions.models import Post, Thread
from notifications.actions import schedule_digests
from notifications.models import Following, Level, MailSettings
from tests.chaos.tokens import new_token, words

AUTHORS = 6  # they write and get no mail


@dataclass
class Talk:
    """What was said so far: `told` is thread → tokens, of one day."""

    community: Community
    place: Place
    authors: list[User]
    readers: list[User]
    threads: list[Thread] = field(default_factory=list)
    told: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def say_something(self, number: int) -> None:
        """Somebody begins a conversation, and somebody else answers."""
        first, second = self.authors[number % AUTHORS], self.authors[(number + 1) % AUTHORS]
        token = new_token()
        post = start_thread(author=first, place=self.place, title=f"Talk {number}", body=words(token), key=uuid4())
        self.threads.append(post.thread)
        self.told[post.thread_id].append(token)
        self.answer(post.thread, second)

    def answer(self, thread: Thread, author: User) -> None:
        token = new_token()
        reply(author=author, thread=thread, body=words(token), key=uuid4())
        self.told[thread.pk].append(token)

    def expected(self) -> dict[str, set[str]]:
        """Address → tokens, of what was said since `forget`: by hand, and not as the product finds it."""
        found = {person.email: {token for told in self.told.values() for token in told} for person in self.readers}
        for number, person in enumerate(self.readers):
            if number % 25 == 3:  # muted everything
                found[person.email] = set()
            if number % 10 == 0:  # muted the first conversation
                found[person.email] -= set(self.told[self.threads[0].pk])
            if number % 7 == 1:  # has read the second one
                found[person.email] -= set(self.read_before)
        return found

    def choose(self) -> None:
        """Let some of the readers mute and read as `expected` says."""
        self.read_before = list(self.told[self.threads[1].pk])
        follow([p for n, p in enumerate(self.readers) if n % 25 == 3], self.community)
        follow([p for n, p in enumerate(self.readers) if n % 10 == 0], self.threads[0])
        posts = Post.objects.in_threads([self.threads[1]])
        for person in [p for n, p in enumerate(self.readers) if n % 7 == 1]:
            catch_up(person, among=posts, up_to=posts.latest("pk").pk)

    def forget(self) -> None:
        self.told.clear()


def follow(people: list[User], subject: Any) -> None:
    Following.objects.bulk_create(Following(person=p, subject=subject, level=Level.MUTED) for p in people)


def a_talk(readers: int) -> Talk:
    community = seed(Wanted(units=1, members=readers + AUTHORS, threads=1, posts=1), slug="chaos").community
    people = list(User.objects.filter(memberships__community=community).order_by("pk"))
    authors, others = people[:AUTHORS], people[AUTHORS:]
    MailSettings.objects.bulk_create(MailSettings(person=p, stopped_at=timezone.now()) for p in authors)
    place = community.places.commons().select_related("community").get()
    return Talk(community, place, authors, others)


def let_digests_be_due(talk: Talk) -> None:
    schedule_digests()  # everybody has a plan now
    MailSettings.objects.of_people(person.pk for person in talk.readers).update(next_digest_at=timezone.now())


def are_all_made(ahead_s: float) -> bool:
    """Whether each digest that is due has a row, by a clock that is so many seconds ahead."""
    return not MailSettings.objects.due(timezone.now() + timedelta(seconds=ahead_s)).exists()
