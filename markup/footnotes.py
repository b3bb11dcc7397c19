"""Footnotes: numbered in the order in which the text calls them, at the end of the text."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .shapes import NOTE, indent_of, interrupts

if TYPE_CHECKING:
    from .reading import Reader

MAX_NOTES = 500
MAX_BACK_LINKS = 20
KEY = re.compile(r"[^A-Za-z0-9]")


def read(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    mark = NOTE.match(lines[start])
    notes = reader.context.notes
    if not mark or mark[1].lower() in notes or len(notes) >= MAX_NOTES:
        return None
    body, gap, stop = [lines[start][mark.end() :]], 0, start + 1
    while stop < len(lines):
        line = lines[stop]
        if not line.strip():
            gap += 1
        elif indent_of(line) >= 2:
            body += [""] * gap + [line[min(indent_of(line), 4) :]]
            gap = 0
        elif gap or interrupts(line):
            break
        else:
            body.append(line)
        stop += 1
    notes[mark[1].lower()] = item = Element("li")
    reader.read(body, item, depth + 1)
    return stop - gap


def append_section(notes: dict[str, Element], root: Element) -> None:
    """Put the notes at the end of the tree, so that the inline patterns reach them."""
    if notes:
        holder = SubElement(SubElement(root, "section", {"class": "footnotes"}), "ol")
        holder.extend(notes.values())


def number(root: Element, notes: dict[str, Element], key: str) -> None:
    """Give each call its number and link, and each note its place and its way back."""
    prefix = f"{KEY.sub('', key)}-" if KEY.sub("", key) else ""
    calls: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for call in list(root.iter("sup")):
        label = call.attrib.pop("note", None)
        if label is None:
            continue
        n = numbers.setdefault(label, len(numbers) + 1)
        calls[label] = calls.get(label, 0) + 1
        suffix = f"-{calls[label]}" if calls[label] > 1 else ""
        call.set("id", f"fnref-{prefix}{n}{suffix}")
        call.set("class", "fn-call")
        SubElement(call, "a", {"href": f"#fn-{prefix}{n}"}).text = str(n)
    if notes:
        holder = root[-1][0]
        uncalled = [item for label, item in notes.items() if label not in numbers]
        holder[:] = [*(notes[label] for label in numbers), *uncalled]
        for label, n in numbers.items():
            add_way_back(notes[label], f"{prefix}{n}", calls[label])


def add_way_back(item: Element, n: str, calls: int) -> None:
    item.set("id", f"fn-{n}")
    holder = item[-1] if len(item) and item[-1].tag == "p" else item
    for call in range(1, min(calls, MAX_BACK_LINKS) + 1):
        suffix = f"-{call}" if call > 1 else ""
        link = SubElement(holder, "a", {"href": f"#fnref-{n}{suffix}", "class": "fn-back", "aria-label": "Back"})
        link.text = "↩"
