"""How long somebody waits for a database that took a question and says no more: it froze, or its disk hangs.
The server's own limits say nothing then, and those of TCP neither while its kernel lives. Ending the connection from
here wakes up who waits, with the same error as when the server went away."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

LOOKS_EACH_S = 0.2


class Question:
    __slots__ = ("connection", "give_up", "until")

    def __init__(self, connection: Any, until: float, give_up: Callable[[], None]) -> None:
        self.connection, self.until, self.give_up = connection, until, give_up


class Patience:
    def __init__(self) -> None:
        self.questions: set[Question] = set()
        self.lock = threading.Lock()  # held while a connection is ended, so that it can't be another's by then
        self.watch: threading.Thread | None = None

    @contextmanager
    def for_answer(self, connection: Any, seconds: float, give_up: Callable[[], None]) -> Iterator[None]:
        """Inside, who waits for longer gets an error, after `give_up` was called; `connection` is psycopg2's."""
        question = Question(connection, time.monotonic() + seconds, give_up)
        with self.lock:
            self.questions.add(question)
            if self.watch is None:
                self.watch = threading.Thread(target=self._look, name="patience", daemon=True)
                self.watch.start()
        try:
            yield
        finally:
            with self.lock:
                self.questions.discard(question)

    def _look(self) -> None:
        while True:
            time.sleep(LOOKS_EACH_S)
            now = time.monotonic()
            with self.lock:
                for question in [each for each in self.questions if each.until <= now]:
                    self.questions.discard(question)
                    question.give_up()
                    end(question.connection)


def end(connection: Any) -> None:
    """As if the server had hung up."""
    if not connection.closed:
        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


patience = Patience()
os.register_at_fork(after_in_child=patience.__init__)  # type: ignore[misc]
