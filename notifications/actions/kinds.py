"""What the kinds of deliveries say, and how each goes out. Whoever knows the words registers a writer here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMessage

from ..models import Delivery


def nothing() -> None:
    """What is to be done after most letters."""


@dataclass
class Letter:
    """What goes out: a mail ready to be sent, and what is noted in the transaction that marks it as sent. A kind that
    has a way of its own puts what it sends in `message`."""

    message: EmailMessage | Any
    on_sent: Callable[[], None] = field(default=nothing)


Writer = Callable[[list[Delivery]], dict[int, Letter]]
Sender = Callable[[Letter], None]


@dataclass(frozen=True)
class Kind:
    """`write` gives the letters of rows that were claimed, by their ids; a row without one is dropped, since there is
    nothing to say (any more). `together` is how many rows are written at once. `send` is for what is no mail."""

    write: Writer
    together: int
    send: Sender | None = None
    is_essential: bool = False  # goes out though somebody stopped all mail


kinds: dict[str, Kind] = {}


def writes(
    kind: Delivery.Kind, *, together: int = 20, send: Sender | None = None, is_essential: bool = False
) -> Callable[[Writer], Writer]:
    """Let the decorated function write the letters of `kind`."""

    def register(writer: Writer) -> Writer:
        kinds[kind] = Kind(writer, together, send, is_essential)
        return writer

    return register
