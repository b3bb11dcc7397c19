"""What may be written down of people: that something was asked or failed, and the number of who asked. No name, no
address, no word that somebody wrote, no token, nothing of what stood in an address of a page. For logs and for reports
of errors alike."""

import re
import traceback
from collections.abc import Iterator
from logging import LogRecord
from pathlib import Path
from typing import Any

from django.db import IntegrityError, OperationalError, ProgrammingError
from django.http import HttpRequest

# Their words are of code and of tables; those of others (ValueError, KeyError, DataError) may be what somebody typed.
SPEAKING: tuple[type[Exception], ...] = (
    *(AttributeError, ImportError, NameError, NotImplementedError, TypeError),
    *(IntegrityError, OperationalError, ProgrammingError),
)
ADDRESS = re.compile(r"""[^\s@<>"'`(),;:/=]+@[^\s@<>"'`(),;:/?]+""")
QUERY = re.compile(r"""\?[^\s<>"'`)]*""")
WORDS_MOST, FRAMES_MOST = 300, 40
OURS = f"{Path(__file__).resolve().parent.parent}/"
THEIRS = re.compile(r".*/(?:site-packages|lib/python[\d.]+)/")
OF_TASKS = {
    "args",
    "exc",
    "kwargs",
    "return_value",
    "traceback",
}  # what Celery would say of a task


def without_addresses(text: str) -> str:
    """Without addresses of people, passwords in those of servers, and what stands behind a question mark."""
    return QUERY.sub("?…", ADDRESS.sub("(address)", text))


def route_of(request: HttpRequest) -> str:
    """The address of a page, with names of what is in it instead of that: `people/<str:handle>/`."""
    return request.resolver_match.route if request.resolver_match else "(none of ours)"


def message_of(record: LogRecord) -> str:
    """Django names the address that was asked for, and Celery what a task was given; so neither is asked."""
    request, given = getattr(record, "request", None), record.args
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {route_of(request)}".strip()
    if isinstance(given, dict):
        return without_addresses(record.msg % {key: "…" if key in OF_TASKS else given[key] for key in given})
    return without_addresses(record.getMessage())


def words_of(error: BaseException) -> str:
    """Its first line, where that can't be somebody's words. What PostgreSQL says of a row is in the later ones."""
    if isinstance(error, SPEAKING):
        return without_addresses(str(error).partition("\n")[0][:WORDS_MOST])
    return error.strerror or "" if isinstance(error, OSError) and isinstance(error.strerror, str) else ""


def lines_of(error: BaseException) -> Iterator[str]:
    """What was called, and what came of it; first what it came from, if it came from another."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from lines_of(before)
    kind, words = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."), words_of(error)
    yield f"{kind}: {words}" if words else kind
    for frame in traceback.extract_tb(error.__traceback__)[-FRAMES_MOST:]:
        yield f"  {THEIRS.sub('', frame.filename.removeprefix(OURS))}:{frame.lineno} {frame.name}"


def error_of(record: LogRecord) -> str:
    found: Any = record.exc_info
    return "\n".join(lines_of(found[1])) if found and found[1] is not None else ""
