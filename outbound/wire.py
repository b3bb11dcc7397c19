"""Connections that end in time: every byte that comes in is counted against one budget of seconds and bytes."""

import socket
import ssl
import threading
import time
from functools import cache
from ipaddress import ip_address
from typing import Any

from .addresses import IPAddress, Policy, Target
from .errors import NoAnswer, NotAllowed, TooLarge, TooSlow

ADDRESSES_TRIED = 3  # of one host; the first may be of a network that we don't reach
CONNECT_S = 2.5  # so that one that is silent leaves time for the next


class Budget:
    """Seconds and bytes for all that one fetch does, its redirects included."""

    def __init__(self, policy: Policy) -> None:
        self._ends_at = time.monotonic() + policy.seconds
        self.bytes_left = policy.bytes_max

    @property
    def seconds_left(self) -> float:
        """More than 0. Raises TooSlow when there are none."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TooSlow("the time is over")
        return left

    def allow(self, nbytes: int) -> int:
        """How many of `nbytes` may be read now. Raises TooLarge when it is none."""
        if self.bytes_left <= 0:
            raise TooLarge("no more is read")
        return min(nbytes, self.bytes_left)


class Metered:
    """A socket whose every step has what is left of the budget, however few bytes come at a time."""

    budget: Budget

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        allowed = self.budget.allow(nbytes or len(buffer))
        self.settimeout(self.budget.seconds_left)  # type: ignore[attr-defined]
        got = int(super().recv_into(buffer, allowed, flags))  # type: ignore[misc]
        self.budget.bytes_left -= got
        return got

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.budget.seconds_left)  # type: ignore[attr-defined]
        super().sendall(data, flags)  # type: ignore[misc]


class PlainSocket(Metered, socket.socket):
    pass


class TLSSocket(Metered, ssl.SSLSocket):
    pass


def open_connection(target: Target, policy: Policy, budget: Budget) -> socket.socket:
    """A connection to one of the addresses of `target`, all of which are allowed.

    Raises NotAllowed before anything is contacted, NoAnswer and TooSlow.
    """
    reached: Exception = NoAnswer("no address")
    for address in checked_addresses(target, policy, budget)[:ADDRESSES_TRIED]:
        try:
            return _with_tls(_connected(address, target.port, budget), target, budget)
        except TimeoutError as error:
            reached = TooSlow("the time is over")
            reached.__cause__ = error
        except (OSError, ValueError) as error:  # a wrong certificate is an OSError
            reached = NoAnswer(type(error).__name__)
            reached.__cause__ = error
    raise reached


def checked_addresses(target: Target, policy: Policy, budget: Budget) -> list[IPAddress]:
    """What the host's name stands for. One address that is not allowed, and none of them is used."""
    if target.literal:
        return [target.literal]  # was checked as it was read
    try:
        found = [ip_address(text) for text in resolve(target.host, budget.seconds_left)]
    except ValueError as error:
        raise NoAnswer("its name stands for something else") from error
    if not all(policy.allows(address) for address in found):
        raise NotAllowed("not a public address")
    return found


def resolve(name: str, seconds: float) -> list[str]:
    """The addresses of a name, each once, in the order to try them. Raises NoAnswer and TooSlow.

    The system's resolver can't be interrupted, so it is asked in a thread that may end later than we wait. The dot at
    the end keeps it from looking below the machine's own domain.
    """
    answers: list[list[str]] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(f"{name.removesuffix('.')}.", None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.append([str(each[4][0]) for each in found if each[0] in (socket.AF_INET, socket.AF_INET6)])

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not answers:
        raise TooSlow("its name was not found in time")
    if not answers[0]:
        raise NoAnswer("there is no such name")
    return list(dict.fromkeys(answers[0]))


def _connected(address: IPAddress, port: int, budget: Budget) -> PlainSocket:
    plain = PlainSocket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    plain.budget = budget
    try:
        plain.settimeout(min(budget.seconds_left, CONNECT_S))
        plain.connect((str(address), port))
    except BaseException:
        plain.close()
        raise
    return plain


def _with_tls(plain: PlainSocket, target: Target, budget: Budget) -> socket.socket:
    if target.scheme == "http":
        return plain
    try:
        name = target.host.removesuffix(".")
        secure = tls().wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise
    assert isinstance(secure, TLSSocket)
    secure.budget = budget
    try:
        secure.settimeout(budget.seconds_left)
        secure.do_handshake()
    except BaseException:
        secure.close()
        raise
    return secure


@cache
def tls() -> ssl.SSLContext:
    """Certificates and names are checked, against what the system trusts."""
    context = ssl.create_default_context()
    context.sslsocket_class = TLSSocket
    return context
