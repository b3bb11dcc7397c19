"""Whether all is there again, and nothing too often. Needs Django."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage
from django.db.models import Count, F, Q
from django.test import override_settings

from community.models import PlaceFile
from discussions.models import Post, Thread
from notifications.actions import deliver, let_mail_go
from notifications.tasks import sweep
from tests.drill.people import People, Said, all_due


def judge(people: People, marker: int) -> list[str]:
    return [
        *people.problems,
        *too_few(people),
        *(complaint for said in people.said[:marker] for complaint in missing(said)),
        *gaps(people),
        *files(),
        *counters(),
        *mails(people),
    ]


def too_few(people: People) -> Iterator[str]:
    if people.rate() < 10:
        yield f"Only {people.rate():.0f} writes a second: this proves little"


def missing(said: Said) -> Iterator[str]:
    if said.model == "post":
        found = Post.objects.filter(pk=said.pk, source=said.content).exists()
    else:
        file = PlaceFile.objects.filter(pk=said.pk).first()
        found = file is not None and hash_of(file.file.name) == said.content
    if not found:
        yield f"{said.model} {said.pk} was saved before the backup, and is not there as it was"


def gaps(people: People) -> Iterator[str]:
    """A moment is one: where a post is there, what was written before it in its thread is there, too."""
    there = set(Post.objects.values_list("pk", flat=True))
    for number, thread in enumerate(people.threads):
        mine = [said.pk for said in people.said if said.model == "post" and said.number == number]
        newest = max(there.intersection(mine), default=0)
        if lost := [pk for pk in mine if pk < newest and pk not in there]:
            yield f"{len(lost)} posts of thread {thread.pk} are gone from between others"


def hash_of(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()


def files() -> Iterator[str]:
    for file in PlaceFile.objects.all():
        if not default_storage.exists(file.file.name) or default_storage.size(file.file.name) != file.size_bytes:
            yield f"the file of {file.pk} is not there, or not whole"


def counters() -> Iterator[str]:
    """What is counted and what there is are of one moment."""
    counted = Thread.objects.annotate(n=Count("posts", filter=Q(posts__deleted_at=None)))
    for thread in counted.exclude(n=F("post_count")):
        yield f"thread {thread.pk} says it has {thread.post_count} posts, and has {thread.n}"


def mails(people: People) -> Iterator[str]:
    """None while it is held; and once it goes, none that may have gone before."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        for is_held in (True, False):
            if not is_held:
                let_mail_go(by=people.authors[0])
            sweep()
            all_due()
            deliver()
            if mail.outbox:
                yield f"{len(mail.outbox)} mails went out {'while held' if is_held else 'again'}"
        people.reply(0)
        deliver()
        if not mail.outbox:
            yield "A new mail does not go out either"
    assert settings.EMBEDDED
