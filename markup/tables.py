"""Tables with pipes. A table drawn with `+---+` is kept as it was drawn."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from . import code
from .shapes import DIVIDER, GRID, interrupts

if TYPE_CHECKING:
    from .reading import Reader

MAX_COLUMNS = 60
CELL_PIECE = re.compile(r"\\.|(`+)|\||[^\\`|]+|\\", re.S)


def starts(lines: list[str], start: int) -> bool:
    """Whether a table's head stands at `start`."""
    if start + 1 >= len(lines) or "|" not in lines[start] or "-" not in lines[start + 1]:
        return False
    if not DIVIDER.match(lines[start + 1]) or "|" not in lines[start + 1]:
        return False
    columns = len(cells(lines[start + 1]))
    return columns <= MAX_COLUMNS and len(cells(lines[start])) == columns


def read(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    if not starts(lines, start):
        return None
    sides = [side_of(cell) for cell in cells(lines[start + 1])]
    scroll = SubElement(parent, "div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"})
    table = SubElement(scroll, "table")
    add_row(reader, SubElement(SubElement(table, "thead"), "tr"), "th", cells(lines[start]), sides)
    stop = start + 2
    body = SubElement(table, "tbody")
    while stop < len(lines) and "|" in lines[stop] and not interrupts(lines[stop]) and reader.has_room():
        texts = cells(lines[stop])
        reader.context.elements += 1 + len(texts) // 4
        add_row(reader, SubElement(body, "tr"), "td", texts, sides)
        stop += 1
    if not len(body):
        table.remove(body)
    return stop


def add_row(reader: "Reader", row: Element, tag: str, texts: list[str], sides: list[str]) -> None:
    if len(texts) > len(sides):  # nothing of a row that is too long is dropped
        texts = [*texts[: len(sides) - 1], " | ".join(texts[len(sides) - 1 :])]
    for text, side in zip(texts, sides, strict=False):
        cell = SubElement(row, tag, {"class": side} if side else {})
        if tag == "th":
            cell.set("scope", "col")
        reader.put_text(cell, [text])


def side_of(cell: str) -> str:
    if cell.endswith(":"):
        return "center" if cell.startswith(":") else "end"
    return ""


def cells(line: str) -> list[str]:
    """The cells of a row. A pipe after a backslash or within `code` doesn't cut."""
    row = line.strip()
    row = row.removeprefix("|")
    found: list[str] = []
    current: list[str] = []
    ticks = ""
    for piece in CELL_PIECE.finditer(row):
        word = piece[0]
        if piece[1]:
            if not ticks and row.find(word, piece.end()) >= 0:
                ticks = word
            elif word == ticks:
                ticks = ""
        if word == "|" and not ticks:
            found.append("".join(current).strip())
            current = []
        else:
            current.append("|" if word == "\\|" else word)
    last = "".join(current).strip()
    return [*found, last] if last or not row.endswith("|") else found


def grid(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    if not GRID.match(lines[start]):
        return None
    stop = start
    while stop < len(lines) and lines[stop].lstrip()[:1] in ("|", "+"):
        stop += 1
    code.put(reader.context, parent, lines[start:stop], "")
    return stop
