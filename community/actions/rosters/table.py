"""From the text of a list to its rows. Nothing in it stops the reading: a row that can't be read says why."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ...models import RosterLine

DELIMITERS = ",;\t|"
SAMPLE_LINES = 20
SAMPLE_CHARS = 4096
LINES_A_CELL = 10  # a cell with more line breaks than that is a quote that nobody closed
CELL_CHARS = 500
PIECE = re.compile(r'(?:"[^"]*"|[^,;])+')
SEP = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # how Excel says it in a first line


@dataclass(frozen=True)
class Row:
    """What stands in one line of a list; `number` is that of the line in the file."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


def lines_of(text: str) -> list[str]:
    """The lines as an editor numbers them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def guessed_delimiter(text: str) -> str:
    """What stands between cells; "" when there is one column. The sniffer gives up where rows differ in length, and
    then the first line decides."""
    lines = [line for line in islice(lines_of(text), SAMPLE_LINES) if line.strip()]
    if not lines:
        return ""
    if said := SEP.match(lines[0]):
        return said[1] if said[1] in DELIMITERS else ""
    try:
        found = csv.Sniffer().sniff("\n".join(lines)[:SAMPLE_CHARS], delimiters=DELIMITERS).delimiter
    except csv.Error:
        found = ""
    if found:
        return found
    bare = re.sub(r'"[^"]*"', "", lines[0])
    often = max(DELIMITERS, key=bare.count)
    return often if often in bare else ""


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """Each row that isn't empty. A quote that isn't closed costs its own line and none after it."""
    lines = lines_of(text)
    at = 1 if lines and SEP.match(lines[0]) else 0
    while at < len(lines):
        if not lines[at].strip(f" {delimiter}"):
            at += 1
            continue
        row, used = one_row(lines, at, delimiter or "\t")
        yield row
        at += used


def one_row(lines: list[str], at: int, delimiter: str) -> tuple[Row, int]:
    """The row that begins in `lines[at]`, and how many lines it takes."""
    reader = csv.reader((f"{line}\n" for line in lines[at : at + LINES_A_CELL]), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return Row(at + 1, (lines[at][:CELL_CHARS],), RosterLine.Problem.QUOTE), 1
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    if any("\0" in cell or "\N{REPLACEMENT CHARACTER}" in cell for cell in cells):
        return Row(at + 1, plain(cells), RosterLine.Problem.NOT_TEXT), reader.line_num
    return Row(at + 1, plain(cells)), reader.line_num


def plain(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.replace("\0", "\N{REPLACEMENT CHARACTER}")[:CELL_CHARS] for cell in cells)


def addresses_of(text: str) -> Iterator[Row]:
    """Addresses as mail programs write them: one a line, or with commas or semicolons between, with names or without.
    A row for each: the name, and the address."""
    for number, line in enumerate(lines_of(text), start=1):
        for piece in PIECE.findall(line):
            name, bracket, address = piece.rpartition("<")
            if bracket:
                yield Row(number, plain([name.strip(' "'), address.strip(" >")]))
            else:
                yield from (Row(number, plain(["", word])) for word in address.split())
