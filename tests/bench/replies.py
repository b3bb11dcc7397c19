"""How long a reply takes, and how soon 200 open pages hear of one."""

import asyncio
import http.client
import random
import time
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from websockets.asyncio.client import connect

from tests.bench.site import Load

TOKEN = "x" * 32
WORDS = "I tried this with my own group. **What helped** was to ask one person by name, then wait.\n\n- once\n- twice"
PAGES, NOTICES = 200, 5
WRITERS, EACH = 50, 6  # each writes less than the limits allow


class Writer:
    """Somebody who writes over the connection `web`."""

    def __init__(self, load: Load, person: Any, web: http.client.HTTPConnection) -> None:
        self.web = web
        self.headers = {
            "Host": f"localhost:{load.site.port}",
            "Cookie": f"{load.site.cookie_of(person)}; weft-csrf={TOKEN}",
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def reply(self, thread: Any, slug: str) -> float:
        """Seconds from the first byte out to the last byte in."""
        fields = {"csrfmiddlewaretoken": TOKEN, "key": str(uuid4()), "body": WORDS, "slot": f"reply:{thread.pk}"}
        headers = self.headers | {"HX-Target": f"thread-{thread.pk}"}
        start = time.perf_counter()
        self.web.request("POST", f"/c/{slug}/t/{thread.pk}/replies/", urlencode(fields), headers)
        answer = self.web.getresponse()
        answer.read()
        took = time.perf_counter() - start
        assert answer.status == 200, answer.status
        return took


def connection(load: Load) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", load.site.port, timeout=30)


def replies(load: Load) -> list[float]:
    """Seconds of each of all replies, one after another, in threads of all lengths; sorted."""
    from discussions.models import Thread

    chance = random.Random(7)
    threads = list(Thread.objects.filter(place__community=load.community).order_by("pk"))
    web = connection(load)  # kept, as browsers do
    writers = [Writer(load, person, web) for person in load.members()[:WRITERS]]
    for writer in writers[:8]:  # what a process does only once
        writer.reply(chance.choice(threads), load.community.slug)
    return sorted(
        writers[i % WRITERS].reply(chance.choice(threads), load.community.slug) for i in range(WRITERS * EACH)
    )


def notices(load: Load) -> list[float]:
    """Seconds from posting until the last of PAGES open pages was told, for each of NOTICES replies; sorted."""
    from community.models import Place
    from discussions.models import Thread

    place = Place.objects.filter(community=load.community, thread_count__gt=0).order_by("pk")[0]
    thread = Thread.objects.filter(place=place).order_by("pk")[0]
    people = load.members()
    cookies = [load.site.cookie_of(person) for person in people[-PAGES:]]
    acts = [
        partial(Writer(load, person, connection(load)).reply, thread, load.community.slug)
        for person in people[WRITERS : WRITERS + NOTICES]
    ]
    return sorted(asyncio.run(told(load, place.pk, cookies, acts)))


async def told(load: Load, place_id: int, cookies: list[str], acts: list[Any]) -> list[float]:
    address, origin = f"ws://localhost:{load.site.port}/live/{place_id}/", load.site.url
    pages = [
        await connect(address, origin=origin, additional_headers={"Cookie": cookie}, proxy=None, open_timeout=30)  # type: ignore[arg-type]
        for cookie in cookies
    ]
    try:
        await asyncio.gather(*(page.recv() for page in pages))  # the first letter says where things stand
        return [await last_heard(pages, act) for act in acts]
    finally:
        await asyncio.gather(*(page.close() for page in pages))


async def last_heard(pages: list[Any], act: Any) -> float:
    start = time.perf_counter()
    heard = asyncio.gather(*(page.recv() for page in pages))
    posting = asyncio.create_task(asyncio.to_thread(act))
    await asyncio.wait_for(heard, 30)
    took = time.perf_counter() - start
    await posting
    return took
