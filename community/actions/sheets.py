"""Tables for spreadsheets: CSV as Excel, LibreOffice and Numbers open it, in which nothing is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that it is UTF-8


class Line:
    """What csv.writer writes to: the line it is about to give."""

    def write(self, line: str) -> str:
        return line


def sheet(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV, one at a time, with commas between cells."""
    writer = csv.writer(Line())
    yield MARK + writer.writerow([as_data(cell) for cell in header])
    for row in rows:
        yield writer.writerow([as_data(cell) for cell in row])


def as_data(cell: Any) -> Any:
    """What a spreadsheet would take for a formula, with an apostrophe before it; anything else, and numbers, as is."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
