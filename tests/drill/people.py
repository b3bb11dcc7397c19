"""People who write twenty times a second and get mail of it, and what they were told is saved. Needs Django."""

import hashlib
import itertools
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from accounts.models import User
from community.actions import add_file
from courses.actions.seeding import Wanted, seed
from discussions.actions import reply
from discussions.models import Thread
from notifications.actions import deliver
from notifications.actions.kinds import Kind, Letter, kinds
from notifications.models import Delivery
from notifications.tasks import sweep

A_SECOND, WRITERS, FILE_BYTES = 20, 5, 40_000
KIND = Delivery.Kind.HOSTING


@dataclass(frozen=True)
class Said:
    """What somebody was told is saved: the words of a post, or the hash of a file."""

    model: str
    pk: int
    content: str
    number: int  # of the writer, who writes in one thread


class People:
    def __init__(self) -> None:
        community = seed(Wanted(units=3, members=200, threads=20, posts=300), slug="drill").community
        self.threads = list(Thread.objects.filter(place__community=community).select_related("place")[:WRITERS])
        self.authors = list(User.objects.filter(memberships__community=community).order_by("pk"))
        self.said: list[Said] = []
        self.problems: list[str] = []
        self.next_author = itertools.cycle(self.authors)  # nobody writes so much that they are told to slow down
        self.stopped, self.seconds = threading.Event(), 0.0
        kinds[KIND] = Kind(letters, 50)

    @contextmanager
    def writing(self) -> Iterator[None]:
        begun = time.monotonic()
        threads = [threading.Thread(target=self.write, args=(number,)) for number in range(WRITERS)]
        threads.append(threading.Thread(target=self.send_mail))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopped.set()
            self.seconds = time.monotonic() - begun
            for thread in threads:
                thread.join()

    def rate(self) -> float:
        return len(self.said) / self.seconds

    def write(self, number: int) -> None:
        chance = random.Random(number)
        next_at = time.monotonic()
        try:
            while not self.stopped.is_set():
                self.said.append(self.add_file(number) if chance.random() < 0.1 else self.reply(number))
                next_at += WRITERS / A_SECOND
                time.sleep(max(0.0, next_at - time.monotonic()))
        except Exception as error:
            self.problems.append(f"Writing failed: {error!r}")
        finally:
            connection.close()

    def reply(self, number: int) -> Said:
        author = next(self.next_author)
        post = reply(author=author, thread=self.threads[number], body=f"It is {uuid4()}.", key=uuid4())
        Delivery.objects.create(
            person=author, kind=KIND, subject=f"post:{post.pk}", message_id=Delivery.new_message_id()
        )
        return Said("post", post.pk, post.source, number)

    def add_file(self, number: int) -> Said:
        content = uuid4().hex.encode() * (FILE_BYTES // 32)
        upload = SimpleUploadedFile("notes.txt", content)
        file = add_file(by=next(self.next_author), place=self.threads[number].place, upload=upload, key=uuid4())
        return Said("file", file.pk, hashlib.sha256(content).hexdigest(), number)

    def send_mail(self) -> None:
        """What a worker does."""
        try:
            while not self.stopped.wait(0.3):
                sweep()
                deliver(budget_s=0.5)
        except Exception as error:
            self.problems.append(f"Sending failed: {error!r}")
        finally:
            connection.close()


def letters(rows: list[Delivery]) -> dict[int, Letter]:
    return {row.pk: Letter(letter(row)) for row in rows if row.person}


def letter(row: Delivery) -> EmailMessage:
    return EmailMessage("A word", row.subject, to=[row.person.email], headers={"Message-ID": row.message_id})


def all_due() -> None:
    """Whatever a clock would bring out now comes out."""
    Delivery.objects.waiting().update(due_at=timezone.now())
