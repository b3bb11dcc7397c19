"""A line to a service of the tests, which can be cut, or stay silent, and be mended."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any

PIECE_BYTES = 64 * 1024


class State(Enum):
    WHOLE = "whole"
    CUT = "cut"  # nobody answers at this port
    SILENT = "silent"  # everything is taken, and nothing is answered


class Line:
    """From a port of its own on loopback to `target`: a path of a socket, or a host and a port."""

    def __init__(self, target: str | tuple[str, int]) -> None:
        self.target, self.state = target, State.WHOLE
        self.open: set[socket.socket] = set()
        self.answered = threading.Event()  # clear while it is silent
        self.answered.set()
        self.listener = self._listening(0)
        self.port = self.listener.getsockname()[1]

    def cut(self) -> None:
        self.state = State.CUT
        self.answered.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._hang_up()

    def fall_silent(self) -> None:
        self.state = State.SILENT
        self.answered.clear()

    def mend(self) -> None:
        if self.state is State.CUT:
            self.listener = self._listening(self.port)
        self.state = State.WHOLE
        self.answered.set()

    def _listening(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        threading.Thread(target=self._take, args=(listener,), daemon=True).start()
        return listener

    def _take(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed by `cut`
            while True:
                near, _address = listener.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        self.open.add(near)
        with suppress(OSError):
            far = self._connected()
            self.open.add(far)
            threading.Thread(target=self._carry, args=(far, near), daemon=True).start()
            self._carry(near, far)

    def _connected(self) -> socket.socket:
        self.answered.wait()
        if isinstance(self.target, tuple):
            return socket.create_connection(self.target)
        far = socket.socket(socket.AF_UNIX)
        far.connect(self.target)
        return far

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                self.answered.wait()
                sink.sendall(piece)
        for end in (source, sink):
            self._close(end)

    def _hang_up(self) -> None:
        for end in [*self.open]:
            self._close(end)

    def _close(self, end: Any) -> None:
        self.open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            end.close()


@contextmanager
def line_to(target: str | tuple[str, int]) -> Iterator[Line]:
    line = Line(target)
    try:
        yield line
    finally:
        if line.state is not State.CUT:
            line.cut()
