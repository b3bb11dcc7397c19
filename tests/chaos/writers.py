"""People who write while things go wrong: so many a second, each until it was taken, and a note of each answer."""

import hashlib
import http.client
import itertools
import queue
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tests.chaos.tokens import new_token, words
from tests.visitors import Answer, Visitor

FILE_EACH = 10  # one write in so many is a file
TRY_AGAIN_S = 0.5
FILE_BYTES = 48_000


@dataclass
class Write:
    """One thing that somebody wants to say. `key` is that of its form, however often it is sent."""

    number: int
    token: str = field(default_factory=new_token)
    key: UUID = field(default_factory=uuid4)

    @property
    def is_file(self) -> bool:
        return self.number % FILE_EACH == FILE_EACH - 1

    @property
    def content(self) -> bytes:
        """Words that no other file has."""
        line = hashlib.sha256(self.token.encode()).hexdigest() + "\n"
        return (self.token + "\n" + line * (FILE_BYTES // len(line))).encode()


@dataclass
class Phase:
    """What was answered since a fault began. A refused connection is the way's, which a proxy would take to another
    process."""

    statuses: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    slowest_s: float = 0.0
    odd: list[str] = field(default_factory=list)


class Writers:
    """`cookies` are those of people who write; `addresses` those to which a reply goes, and the last one a file."""

    def __init__(self, ports: list[int], cookies: list[str], addresses: list[str], file_address: str) -> None:
        self.ports, self.cookies, self.addresses, self.file_address = ports, cookies, addresses, file_address
        self.waiting: queue.Queue[Write] = queue.Queue()
        self.taken: dict[str, Write] = {}  # by token: what was answered with yes
        self.last_taken_at = 0.0
        self.phase = Phase()
        self.asked = 0
        self.ended = threading.Event()

    def start(self, a_second: float, at_once: int) -> None:
        threading.Thread(target=self._say, args=(a_second,), daemon=True).start()
        for _ in range(at_once):
            threading.Thread(target=self._send, daemon=True).start()

    def end(self) -> None:
        """Say nothing new; what waits is still sent."""
        self.ended.set()

    @property
    def is_done(self) -> bool:
        return len(self.taken) == self.asked

    def _say(self, a_second: float) -> None:
        due = time.monotonic()
        while not self.ended.is_set():
            self.waiting.put(Write(self.asked))
            self.asked += 1
            due += 1 / a_second
            time.sleep(max(0.0, due - time.monotonic()))

    def _send(self) -> None:
        for port in itertools.cycle(self.ports):
            try:
                write = self.waiting.get(timeout=1)
            except queue.Empty:
                if self.ended.is_set() and self.is_done:
                    return
                continue
            if self._is_taken(write, port):
                self.taken[write.token] = write
                self.last_taken_at = time.monotonic()
            else:
                time.sleep(TRY_AGAIN_S)
                self.waiting.put(write)

    def _is_taken(self, write: Write, port: int) -> bool:
        visitor = Visitor(port, self.cookies[write.number % len(self.cookies)])
        try:
            answer = self._ask(visitor, write)
        except (OSError, http.client.HTTPException):
            self.phase.refused += 1
            return False
        self.phase.statuses[answer.status] += 1
        self.phase.slowest_s = max(self.phase.slowest_s, answer.seconds)
        if 200 <= answer.status < 400 and "/accounts/login/" not in (answer.headers["Location"] or ""):
            return True
        if answer.status != 503 and len(self.phase.odd) < 5:
            self.phase.odd.append(f"{answer.status} for {write}: {answer.text[-600:]}")
        return False

    def _ask(self, visitor: Visitor, write: Write) -> Answer:
        if write.is_file:
            return visitor.send_file(self.file_address, f"{write.token}.txt", write.content, key=str(write.key))
        address = self.addresses[write.number % len(self.addresses)]
        return visitor.post(address, body=words(write.token), key=write.key)
