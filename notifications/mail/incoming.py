"""A mail that came in: to whom it was addressed, who wrote it, and whether anybody did. Pure functions of the message;
whatever stands in its headers was written by a stranger."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from django.conf import settings

from .answering import Addressed, addressed

# Where mail servers and services note to whom a mail really went.
ADDRESSED_BY = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
HEADERS_MAX, HEADER_MAX = 20, 4000  # of one name, and characters of each
# What only programs write: answering machines, mailing lists, newsletters, other instances of ourselves.
BY_PROGRAMS = ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients", "List-Id", "List-Unsubscribe", "Feedback-ID")
PRECEDENCES = {"bulk", "junk", "list", "auto_reply"}
REPORTS = {"multipart/report", "message/delivery-status", "message/disposition-notification"}
MACHINES = re.compile(r"(mailer-?daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=-].*)?@")
AWAY = re.compile(
    r"\s*(automatic reply|auto(matic)? ?response|out of( the)? office|réponse automatique|absen(ce|t) du bureau"
    r"|automatische antwort|abwesenheitsnotiz|abwesend)\b"
)
PARTS_MAX = 200
NO_FILES = {f"application/{name}-signature" for name in ("pgp", "pkcs7", "x-pkcs7")} | {"text/calendar"}


def read_message(raw: bytes) -> Message:
    """A mail as it goes over the wire, or the beginning of one. Raises ValueError for what nobody can read."""
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except RecursionError as error:
        raise ValueError("parts within parts without an end") from error


def with_plain_headers(message: Message) -> Message:
    """`message`, whoever parsed it, with headers that are read as they are written. The newer way of Python takes
    headers apart as soon as they are asked for, and minutes for a long list of addresses."""
    for part in message.walk():
        part.policy = policy.compat32
    return message


def values(message: Message, name: str) -> list[str]:
    """The beginning of what stands in the headers of this name."""
    return [str(value)[:HEADER_MAX] for value in message.get_all(name, [])[:HEADERS_MAX]]


def value(message: Message, name: str) -> str:
    """What the headers of this name say, in letters."""
    said = " ".join(" ".join(values(message, name)).split())
    try:
        return str(make_header(decode_header(said)))
    except (HeaderParseError, LookupError, ValueError):
        return said


def addressed_to(message: Message, *, also: Iterable[str] = ()) -> Addressed | None:
    """For whom and which conversation the first of our addresses was made that the mail was sent to; `also` is what
    its envelope says."""
    written = [line for name in ADDRESSED_BY for line in values(message, name)]
    found = [*also, *(address for _name, address in getaddresses(written))]
    return next(filter(None, map(addressed, found)), None)


def sender(message: Message) -> str:
    """The one address that the mail says it is from, in small letters; "" where it says none or several."""
    found = [address.lower() for _name, address in getaddresses(values(message, "From")) if address]
    return found[0] if len(found) == 1 and "@" in found[0] else ""


def why_automatic(message: Message) -> str:
    """By what it can be seen that nobody wrote this by hand, for the log; "" where somebody may have."""
    submitted = value(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return "Auto-Submitted"
    if value(message, "Precedence").lower() in PRECEDENCES:
        return "Precedence"
    named = next((name for name in BY_PROGRAMS if values(message, name)), "")
    if named:
        return named
    if message.get_content_type() in REPORTS:
        return "a report"
    if any(line.strip() == "<>" for line in values(message, "Return-Path")):
        return "an empty sender"
    if AWAY.match(value(message, "Subject").lower()):
        return "its subject"
    return "its sender" if is_machine(sender(message)) else ""


def is_machine(address: str) -> bool:
    """Whether no person writes from this address: a server, or this site itself."""
    ours = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return bool(MACHINES.match(address)) or address == ours or addressed(address) is not None


def parts(message: Message) -> Iterator[Message]:
    """The parts of the mail that hold something, without those of mails attached to it."""
    waiting, seen = [message], 0
    while waiting and seen < PARTS_MAX:
        part, seen = waiting.pop(0), seen + 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting[:0] = [each for each in inside if isinstance(each, Message)]
        else:
            yield part


def is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def files_in(message: Message) -> int:
    """How many files somebody put into the mail; neither the logo below their name nor a signature in numbers."""
    held = [part for part in parts(message) if is_file(part) and part.get_content_type() not in NO_FILES]
    return sum(1 for part in held if part.get_content_disposition() == "attachment" or not part.get("Content-ID"))


def size_of(message: Message) -> int:
    """How many bytes its parts are, unpacked."""
    return sum(len(part.get_payload(decode=True) or b"") for part in parts(message))
