"""An internet of our own: names and addresses that tests make up, and sites on loopback that behave badly.

Nothing is ever dialled but loopback: `internet` stands between the client and the network, notes every address that it
was about to contact, and leads those that a test gave a site to that site.
"""

import errno
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from outbound import addresses, wire

PUBLIC = "93.184.215.14"
Answer = Callable[[socket.socket, str], None]  # writes an answer to a request, whose head it is given


class Site:
    """A server on loopback; what it answers is a function, or bytes by path."""

    def __init__(
        self, answers: Answer | dict[str, bytes], *, family: int = socket.AF_INET, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers, self.asked, self.tls = answers, list[str](), tls
        self.server = socket.socket(family, socket.SOCK_STREAM)
        self.server.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        self.server.listen(64)
        self.port = int(self.server.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self.server.accept()[0],), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            self.asked.append("")  # connected
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(4096)
                if not more:
                    return
                head += more
            self.asked[-1] = head.decode("latin-1")
            if callable(self.answers):
                self.answers(connection, self.asked[-1])
            else:
                path = self.asked[-1].split(" ")[1]
                connection.sendall(self.answers.get(path, NOT_FOUND))

    def close(self) -> None:
        self.server.close()


class Internet:
    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}
        self.sites: dict[str, Site] = {}
        self.resolved: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.resolver: Callable[[str], list[str]] = lambda name: self.names.get(name, [])

    def put(self, name: str, answers: Answer | dict[str, bytes], *, address: str = PUBLIC, **more: Any) -> Site:
        """A site at a public address, with a name."""
        self.names[name] = [address]
        self.sites[address] = Site(answers, **more)
        return self.sites[address]

    def getaddrinfo(self, host: str, port: Any, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        self.resolved.append(host)
        found = self.resolver(host.removesuffix("."))
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port or 0))
            for each in found
        ]

    def connect(self, plain: wire.PlainSocket, address: tuple[str, int]) -> None:
        self.dialled.append(address)
        if address[0] not in self.sites:
            raise OSError(errno.ECONNREFUSED, "nobody is there")
        socket.socket.connect(plain, ("127.0.0.1", self.sites[address[0]].port))


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Internet]:
    made = Internet()
    settings.OUTBOUND_PORTS = [80, 443]
    monkeypatch.setattr(addresses, "SECONDS", 60.0)  # a busy machine has all the time; what is slow says so itself
    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    monkeypatch.setattr(wire.PlainSocket, "connect", lambda plain, address: made.connect(plain, address))
    yield made
    for site in made.sites.values():
        site.close()


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answer(content: bytes = b"", *, status: str = "200 OK", kind: str = "text/html", head: str = "") -> bytes:
    lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{head}\r\n"
    return lines.encode("latin-1") + content


def page(head: str, *, charset: str = "utf-8", kind: str = "text/html; charset=utf-8") -> bytes:
    return answer(f"<!doctype html><html><head>{head}</head><body>Words</body></html>".encode(charset), kind=kind)


def leads_to(url: str, status: str = "302 Found") -> bytes:
    return answer(status=status, head=f"Location: {url}\r\n")


def byte_by_byte(content: bytes, pause: float = 0.05) -> Answer:
    def drip(connection: socket.socket, _head: str) -> None:
        for byte in content:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return drip


def endless(head: bytes, part: bytes) -> Answer:
    def pour(connection: socket.socket, _head: str) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(part)

    return pour
