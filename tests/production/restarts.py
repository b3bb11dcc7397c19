"""Stopping and restarting, as for a new release: nothing that was begun is lost, and nobody notices."""

import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed

from tests.chaos.sink import Journal
from tests.production.stack import WEB, Stack
from tests.production.visitor import Visitor
from tests.production.walk import PDF, token
from tests.serving import wait_until

SETTLE_S = 2.0


class Load:
    """People who write and read through the proxy while something happens: so many at a time, with `a_second` replies
    of all together. `failures` says what they saw of it."""

    def __init__(self, stack: Stack, people: dict[str, Any], *, at_a_time: int, a_second: float) -> None:
        self.stack, self.people, self.at_a_time, self.a_second = stack, people, at_a_time, a_second
        self.failures: list[str] = []
        self.told: list[str] = []  # what was answered well
        self.requests = 0
        self.over = threading.Event()
        jobs = [(job, number) for job in (self.write, self.read) for number in range(at_a_time)]
        self.threads = [threading.Thread(target=job, args=[number], daemon=True) for job, number in jobs]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        time.sleep(SETTLE_S)
        return self

    def __exit__(self, *exc: object) -> None:
        time.sleep(SETTLE_S)
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def write(self, number: int) -> None:
        """One reply after another, each by the next of our writers, so that none writes faster than people may."""
        writers, turn = self.people["sessions"]["writers"][number :: self.at_a_time], 0
        while not self.over.wait(self.at_a_time / self.a_second * random.uniform(0.5, 1.5)):
            visitor = Visitor(self.stack, writers[turn % len(writers)])
            thread = self.people["threads"][turn % len(self.people["threads"])]["id"]
            turn, words = turn + 1, token()
            reply = partial(visitor.reply, thread, f"{words} is how it went here.")
            if self.well(reply, "a reply", {302, 429}) == 302:
                self.told.append(words)

    def read(self, number: int) -> None:
        visitor = Visitor(self.stack, self.people["sessions"]["writers"][-1 - number])
        thread = self.people["threads"][number % len(self.people["threads"])]["id"]
        while not self.over.wait(0.1):
            self.well(lambda: visitor.get(f"/c/heron/t/{thread}/"), "a page", {200})

    def well(self, ask: Callable[[], Any], what: str, good: set[int]) -> int:
        self.requests += 1
        try:
            status = ask().status
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{what}: {error!r}")
            return 0
        if status not in good:
            self.failures.append(f"{what}: {status}")
        return int(status)


class Restarts:
    def __init__(self, stack: Stack, journal: Journal, people: dict[str, Any]) -> None:
        self.stack, self.journal, self.people = stack, journal, people

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "a request under way is finished by a process that was told to end", self.a_request_under_way
        yield "a live page is told to connect again, and hears the rest from the other process", self.a_live_page
        yield "one web process after the other is restarted under load", self.rolling
        yield "workers and beat are restarted with work under way", self.workers
        yield "without a web process there is one clear page, and it works again by itself", self.nobody_there

    def restart(self, name: str, *, is_web: bool = False) -> int:
        self.stack.terminate(name)
        code = self.stack.ends(name)
        self.stack.start(name)
        if is_web:
            wait_until(lambda: self.stack.is_healthy(name), 60)
        return code

    def only(self, name: str) -> str:
        """End all web processes but `name`; returns the other one."""
        other = next(web for web in WEB if web != name)
        self.stack.terminate(other)
        assert self.stack.ends(other) == 0
        return other

    def back(self, name: str) -> None:
        self.stack.start(name)
        wait_until(lambda: self.stack.is_healthy(name), 60)
        time.sleep(1.5)  # until the proxy has asked, too

    def a_request_under_way(self) -> str:
        """Half of an upload is there when SIGTERM comes, and the rest comes three seconds after the door is closed."""
        other = self.only("web-a")
        visitor = Visitor(self.stack, self.people["sessions"]["bo"])
        path, body, headers = visitor.upload(self.people["place"], "slow.pdf", PDF + b"%" * 200_000)
        line = visitor.connection()
        line.putrequest("POST", path)
        for name, value in (visitor.headers(headers) | {"Content-Length": str(len(body))}).items():
            if name != "Host":
                line.putheader(name, value)
        line.endheaders()
        line.send(body[:100_000])
        self.stack.terminate("web-a")
        self.back(other)
        started = time.monotonic()
        time.sleep(5)
        assert self.stack.running["web-a"].poll() is None, "it ended under the request"
        line.send(body[100_000:])
        answer = visitor.answered(line)
        assert answer.status in (200, 201), answer.status
        assert self.stack.ends("web-a") == 0
        self.back("web-a")
        return f"answered {time.monotonic() - started:.0f} s after the signal"

    def a_live_page(self) -> str:
        other, place = self.only("web-a"), self.people["threads"][0]["place"]
        cleo = Visitor(self.stack, self.people["sessions"]["cleo"])
        with cleo.listen(place) as page:
            self.back(other)
            self.stack.terminate("web-a")
            try:
                while True:
                    page.recv(timeout=30)
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else None
        assert code == 1012, code
        with cleo.listen(place) as page:
            bo = Visitor(self.stack, self.people["sessions"]["bo"])
            assert bo.reply(self.people["threads"][0]["id"], f"{token()} after that").status == 302
            page.recv(timeout=10)
        assert self.stack.ends("web-a") == 0
        self.back("web-a")
        return f"closed with {code}"

    def rolling(self) -> str:
        with Load(self.stack, self.people, at_a_time=6, a_second=10) as load:
            for name in WEB:
                assert self.restart(name, is_web=True) == 0
                time.sleep(1.5)
        assert not load.failures, load.failures[:20]
        self.all_there(load.told)
        return f"{load.requests} requests, {len(load.told)} replies, 0 failed"

    def workers(self) -> str:
        """Each reply speaks to Cleo, so each is a notification and part of a mail to her."""
        handle, told, keys = self.people["cleo"]["handle"], [], []
        names = ("worker", "mail-worker", "beat")
        for number, session in enumerate(self.people["sessions"]["writers"][:15]):
            words = token()
            thread = self.people["threads"][number % len(self.people["threads"])]["id"]
            keys.append(str(uuid4()))
            answer = Visitor(self.stack, session).reply(thread, f"{words} @{handle}", keys[-1])
            if answer.status == 302:
                told.append(words)
            if number % 5 == 2:
                assert self.restart(names[number // 5]) == 0
        assert len(told) > 10
        wait_until(lambda: self.is_all_told(told), 90)
        mails = [mail for mail in self.journal.read() if mail.is_kept]
        twice = len(mails) - len({mail.message_id for mail in mails})
        assert twice == 0, f"{twice} mails came twice"
        return f"{len(told)} replies, each in Cleo's mail, none twice"

    def is_all_told(self, tokens: list[str]) -> bool:
        time.sleep(0.5)
        told = {word for mail in self.journal.read() if mail.to == self.people["cleo"]["email"] for word in mail.told}
        return set(tokens) <= told

    def all_there(self, tokens: list[str]) -> None:
        there = self.stack.ask("told")["tokens"]
        assert not set(tokens) - set(there), "replies that were answered well are not there"
        assert len(there) == len(set(there)), "replies are there twice"

    def nobody_there(self) -> str:
        for name in WEB:
            self.stack.terminate(name)
        for name in WEB:
            assert self.stack.ends(name) == 0
        visitor = Visitor(self.stack, self.people["sessions"]["bo"])
        answer = visitor.get("/")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5"), (answer.status, answer.text)
        assert "Back in a moment" in answer.text
        for name in WEB:
            self.stack.start(name)
        started = time.monotonic()
        wait_until(lambda: visitor.get("/").status == 200, 60)
        return f"back {time.monotonic() - started:.0f} s after the start"
