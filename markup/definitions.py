"""Definition lists: a term on its line, `: ` and what it means below."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .shapes import DEFINITION, indent_of, interrupts

if TYPE_CHECKING:
    from .reading import Reader

MAX_TERMS = 3


def follows(lines: list[str], start: int, stop: int) -> bool:
    """Whether the lines before `stop` are terms whose definition stands there, a blank line between or not."""
    if not 0 < stop - start <= MAX_TERMS:
        return False
    if stop < len(lines) and not lines[stop].strip():
        stop += 1
    return stop < len(lines) and bool(DEFINITION.match(lines[stop]))


def read(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int:
    beside = parent[-1] if len(parent) and parent[-1].tag == "dl" else None
    element = beside if beside is not None else SubElement(parent, "dl")
    stop = start
    while not DEFINITION.match(lines[stop]):
        if lines[stop].strip():
            reader.put_text(SubElement(element, "dt"), [lines[stop]])
        stop += 1
    while stop < len(lines) and (mark := DEFINITION.match(lines[stop])):
        body, stop = body_of(lines, stop, mark.end())
        entry = SubElement(element, "dd")
        reader.context.elements += 1
        reader.read(body, entry, depth + 1)
        if len(entry) and entry[0].tag == "p" and [child.tag for child in entry].count("p") == 1:
            entry.text = entry[0].text
            entry.remove(entry[0])
    return stop


def body_of(lines: list[str], start: int, width: int) -> tuple[list[str], int]:
    body, gap, stop = [lines[start][width:]], 0, start + 1
    while stop < len(lines):
        line = lines[stop]
        indent = indent_of(line)
        if not line.strip():
            gap += 1
        elif DEFINITION.match(line) or (gap and indent < 2):
            break
        elif indent >= 2:
            body += [""] * gap + [line[min(indent, 4) :]]
            gap = 0
        elif interrupts(line):
            break
        else:
            body.append(line)
        stop += 1
    at_definition = stop < len(lines) and DEFINITION.match(lines[stop])
    return body, stop if at_definition else stop - gap
