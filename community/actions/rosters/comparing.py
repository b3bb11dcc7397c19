"""The dry run: what a list would change in its community, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User

from ...models import Community, Membership, RosterImport, RosterLine, rank
from ..roles import roles_to_grant
from .columns import (
    address_in,
    guessed_columns,
    has_header,
    is_address,
    is_list_of_addresses,
    known_columns,
    role_named,
)
from .reading import read_text
from .table import Row, addresses_of, guessed_delimiter, rows_of

LINES_AT_ONCE = 1000
TITLE_CHARS = 60
LEAVE = (Membership.Role.MEMBER, Membership.Role.GUEST)  # whom a list can remove; guides and alumni stay
Verdict, Problem = RosterLine.Verdict, RosterLine.Problem


class TooManyLines(Exception):
    """A list has more lines than RosterImport.LINES_MAX."""


class NobodyInIt(Exception):
    """A list has no line in it."""


@dataclass(frozen=True)
class Reading:
    """How somebody says that a list is read; what they leave out is guessed."""

    encoding: str = ""
    delimiter: str | None = None
    has_header: bool | None = None
    columns: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def bring_roster(
    *, by: User, community: Community, content: bytes, role: str, name: str = "", key: UUID | None = None
) -> RosterImport:
    """Keep a list and say what it would change; nothing is changed yet. A second call with the same `key` returns what
    the first one made. Raises NotText, NobodyInIt and TooManyLines."""
    known = RosterImport.objects.filter(key=key, community=community).first() if key else None
    if known:
        return known
    more: dict[str, Any] = {"key": key} if key else {}
    roster = RosterImport(community=community, by=by, content=content, role=role, name=name[:120], **more)
    return read_roster(by=by, roster=roster, reading=Reading(), role=role)


@transaction.atomic
def read_roster(*, by: User, roster: RosterImport, reading: Reading, role: str) -> RosterImport:
    """Read a list anew, in the way that somebody says, and compare it. Raises NotText, NobodyInIt and TooManyLines."""
    text, roster.encoding = read_text(bytes(roster.content), reading.encoding)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    roster.role, roster.delimiter = role, reading.delimiter or ""
    if reading.delimiter is None:
        roster.delimiter = guessed_delimiter(text)
    rows = rows_at_most(rows_of(text, roster.delimiter))
    roster.is_table = reading.has_header is not None or bool(reading.columns) or not is_list_of_addresses(text, rows)
    if roster.is_table:
        said = reading.has_header
        roster.has_header = has_header(rows) if said is None else said
        width = max(len(row.cells) for row in rows)
        guessed = guessed_columns(rows, roster.has_header)
        roster.columns = known_columns(reading.columns, width) or guessed
        roster.titles = [cell[:TITLE_CHARS] for cell in rows[0].cells] + [""] * (width - len(rows[0].cells))
    else:
        rows = rows_at_most(addresses_of(text))
        roster.has_header, roster.columns, roster.titles = False, {"name": 0, "email": 1}, []
    roster.save()
    compare_roster(roster, rows, by=by)
    return roster


def rows_at_most(rows: Iterable[Row]) -> list[Row]:
    found = list(islice(rows, RosterImport.LINES_MAX + 2))
    if not found:
        raise NobodyInIt
    if len(found) > RosterImport.LINES_MAX + 1:
        raise TooManyLines
    return found


def compare_roster(roster: RosterImport, rows: list[Row], *, by: User) -> None:
    """Write down the lines of a list with what each of them would change."""
    roster.lines.all().delete()
    people = People(roster, by)
    lines = [people.judged(line) for line in lines_in(roster, rows)]
    lines += people.absent(max((line.number for line in lines), default=0) + 1)
    RosterLine.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)


def lines_in(roster: RosterImport, rows: list[Row]) -> Iterator[RosterLine]:
    """A line for each row, with the address, name and role that stand in it, and what is wrong with it by itself."""
    header, rows = (rows[0], rows[1:]) if roster.has_header else (None, rows)
    for row in rows:
        cells = {name: row.cells[n] for name, n in roster.columns.items() if n < len(row.cells)}
        email, role = address_in(cells.get("email", "")), cells.get("role", "")
        name = " ".join(filter(None, (cells.get("name"), cells.get("surname"))))
        name = unquoted(name)
        line = RosterLine(roster=roster, number=row.number, email=email[:254], name=name[:80])
        line.role = (role_named(role) or "") if role else ""
        line.problem = row.problem or wrong_with(email, row, len(header.cells) if header else 0, role, line.role)
        line.words = " · ".join(row.cells)[:300] if line.problem else ""
        yield line


def unquoted(words: str) -> str:
    """`words` without the apostrophe that our own export puts before what a spreadsheet would take for a formula."""
    return words[1:] if words[:1] == "'" and words[1:2] in {"=", "+", "-", "@"} else words


def wrong_with(email: str, row: Row, width: int, role: str, known_role: str) -> str:
    if not email:
        return Problem.NO_ADDRESS
    if not is_address(email):
        return Problem.NOT_AN_ADDRESS
    if width and len(row.cells) > width:
        return Problem.TOO_MANY_CELLS
    return Problem.ROLE_UNKNOWN if role and not known_role else ""


class People:
    """Who is in a community or invited now, to compare the lines of a list with."""

    def __init__(self, roster: RosterImport, by: User) -> None:
        self.roster, self.by = roster, by
        self.members = roster.community.memberships.current().by_address()
        self.invited = dict(roster.community.invitations.open().values_list("email", "role"))
        self.grants = set(roles_to_grant(by, roster.community))
        self.seen: dict[str, str] = {}  # address → the role that it is to have

    def judged(self, line: RosterLine) -> RosterLine:
        """`line` with what it would change."""
        wanted = line.role or self.roster.role
        if line.problem:
            line.verdict = Verdict.WRONG
        elif before := self.seen.get(line.email):
            line.verdict = Verdict.KNOWN if before == wanted else Verdict.WRONG
            line.problem = Problem.TWICE if before == wanted else Problem.ROLE_TWICE
        else:
            self.seen[line.email] = wanted
            has = self.members[line.email][1] if line.email in self.members else self.invited.get(line.email)
            line.verdict, line.role = self.compared(line, wanted, has)
            line.role_before = has or ""
        return line

    def compared(self, line: RosterLine, wanted: str, has: str | None) -> tuple[str, str]:
        """What a line is, and the role that it leads to. What a line itself says holds; the role for all the others
        only ever raises somebody."""
        is_change = has is not None and (wanted != has if line.role else rank(wanted) > rank(has))
        if has is not None and not is_change:
            return Verdict.KNOWN, has
        if wanted not in self.grants or (has is not None and has not in self.grants):
            line.problem = Problem.ROLE_ABOVE
            return Verdict.WRONG, wanted
        return Verdict.CHANGED if is_change else Verdict.NEW, wanted

    def absent(self, number: int) -> Iterator[RosterLine]:
        """Who is in or invited, and not in the list: whom it removes where somebody says so. Guides stay, and so does
        who brought it."""
        here = {self.members[email][0] for email in self.seen if email in self.members}
        members = self.roster.community.memberships.current().with_roles(LEAVE).by_role_and_name()
        for person, email, name, role in members.values_list("user", "user__email", "user__name", "role"):
            if person not in here and person != self.by.pk:
                yield self.leaving(number, email, name, role)
        for email, role in self.invited.items():
            if email not in self.seen and role in LEAVE:
                yield self.leaving(number, email, "", role)

    def leaving(self, number: int, email: str, name: str, role: str) -> RosterLine:
        said = {"email": email, "name": name[:80], "role_before": role, "verdict": Verdict.ABSENT}
        return RosterLine(roster=self.roster, number=number, **said)
