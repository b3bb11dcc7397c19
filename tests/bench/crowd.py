"""What a crowd costs: telling 10,000 people of one post while others read, and sending digests beside a plain loop.

`python -m tests.bench.crowd loop|deliver|fan …` does one of them in a process of its own and prints its figures."""

import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench.site import ROOT, Load
from tests.serving import Site, free_port, wait_until

CROWD, POSTS_TO_ALL = 10_000, 3
DIGESTS, FIRST_DIGESTS, CONVERSATIONS = 2_000, 500, 8
PAGES = 60


@dataclass(frozen=True)
class Figures:
    """Of the crowd. Rates are mails a second, memory in MB; `slower` is by how much, as a share, a page of others took
    longer while one post was told to everybody."""

    fan_out_s: float
    slower: float
    loop_rate: float
    digest_rate: float
    memory_few: float
    memory_many: float


def figures(load: Load) -> Figures:
    from tests.chaos.people import a_talk

    talk = a_talk(CROWD)
    for number in range(CONVERSATIONS):
        talk.say_something(number)
    talk.choose()
    with sink() as port:
        loop, few, many = digests(talk, port)
    told, slower = told_to_all(load, talk)
    return Figures(told, slower, loop["rate"], many["rate"], few["memory"], many["memory"])


# --- Digests -----------------------------------------------------------------------------------------------------


def digests(talk: Any, port: int) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """The plain loop, then the first digests, then the rest."""
    from notifications.actions import schedule_digests
    from notifications.models import Delivery, Event

    schedule_digests()  # everybody has a plan now, as after any minute
    people, newest = talk.readers[:DIGESTS], Event.objects.newest()
    values = {"kind": Delivery.Kind.DIGEST, "period": "today", "up_to": newest}
    rows = [Delivery(person=person, message_id=Delivery.new_message_id(), **values) for person in people]
    Delivery.objects.bulk_create(rows[:FIRST_DIGESTS])
    few = apart("deliver", port)
    Delivery.objects.bulk_create(rows[FIRST_DIGESTS:])
    return apart("loop", port), few, apart("deliver", port)


def loop() -> dict[str, float]:
    """Send ready-made digests in a plain loop, and mark nothing."""
    from django.core.mail import get_connection

    from notifications.actions import digests
    from notifications.models import Delivery

    rows, messages = list(Delivery.objects.waiting().with_people()), []
    for start in range(0, len(rows), 100):
        messages += [letter.message for letter in digests(rows[start : start + 100]).values()]
    begun = time.perf_counter()
    mail = get_connection()
    mail.open()
    for message in messages:
        mail.send_messages([message])
    mail.close()
    return {"rate": len(messages) / (time.perf_counter() - begun)}


def deliver_all() -> dict[str, float]:
    from notifications.actions import deliver

    begun = time.perf_counter()
    sent = deliver(600)
    took = time.perf_counter() - begun
    return {"rate": sent / took, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


@contextmanager
def sink() -> Iterator[int]:
    """A mail server that takes everything at once."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="weft-sink-") as folder:
        command = ["-m", "tests.chaos.sink", str(port), str(Path(folder, "mail")), "0", "0"]
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            wait_until(Site(port).answers)
            yield port
        finally:
            process.terminate()
            process.wait(10)


# --- One post to all ---------------------------------------------------------------------------------------------


def told_to_all(load: Load, talk: Any) -> tuple[float, float]:
    """Seconds until everybody was told of one post, the slowest; and by how much pages of others were slower then."""
    from discussions.actions import reply
    from notifications.models import Event, Following, Level

    thread = talk.threads[0]
    Following.objects.all().delete()
    Following.objects.bulk_create(Following(person=p, subject=thread, level=Level.ALL) for p in talk.readers)
    for author in talk.authors[:POSTS_TO_ALL]:
        reply(author=author, thread=thread, body="One more word for everybody.", key=uuid4())
    alone = statistics.median(pages(load))
    events = Event.objects.not_fanned_out().values_list("pk", flat=True)
    process = begin("fan", *map(str, [*events][-POSTS_TO_ALL:]))
    beside = []
    while process.poll() is None:
        beside += pages(load, 1)
    return max(json.loads(process.communicate()[0])), statistics.median(beside) / alone - 1


def fan(event_ids: list[str]) -> list[float]:
    from notifications.actions import fan_out

    times = []
    for event_id in event_ids:
        begun = time.perf_counter()
        told = fan_out(int(event_id))
        assert told >= CROWD, told
        times.append(time.perf_counter() - begun)
    return times


def pages(load: Load, number: int = PAGES) -> list[float]:
    """Seconds that each of so many pages of somebody else took, made anew each time."""
    member = load.members()[0]
    path = load.community.places.filter(thread_count__gt=0).order_by("pk")[0].path
    headers = {"Host": f"localhost:{load.site.port}", "Cookie": load.site.cookie_of(member)}
    web = http.client.HTTPConnection("127.0.0.1", load.site.port, timeout=30)
    times = []
    for _ in range(number):
        begun = time.perf_counter()
        web.request("GET", f"{path}?anew={time.perf_counter_ns()}", headers=headers)
        answer = web.getresponse()
        answer.read()
        times.append(time.perf_counter() - begun)
        assert answer.status == 200, answer.status
    web.close()
    return times


# --- In a process of its own -------------------------------------------------------------------------------------


def begin(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.bench.crowd", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True)


def apart(mode: str, port: int) -> dict[str, float]:
    process = begin(mode, EMAIL_URL=f"smtp://127.0.0.1:{port}")
    answer: dict[str, float] = json.loads(process.communicate()[0])
    return answer


if __name__ == "__main__":
    import django

    django.setup()
    modes = {"loop": loop, "deliver": deliver_all, "fan": lambda: fan(sys.argv[2:])}
    print(json.dumps(modes[sys.argv[1]]()))
