"""Lines into a tree, in linear time. This stands in for Python-Markdown's block parser.

The stock one nests lists by four spaces only, wants a blank line before a list, has no place for directives
and can't say which element came from where.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from . import code, collected, definitions, directives, footnotes, lists, tables, titled
from .context import Context
from .inline import hush
from .shapes import QUOTE, REFERENCE, heading_of, interrupts, is_rule

MAX_DEPTH = 10  # of quotes, lists and directives in each other; deeper ones are plain text
MAX_ELEMENTS = 4_000  # in a text; what follows is shown as typed


class Reader:
    """Reads lines into a tree. A rule takes lines from `start` and says where it stopped, or None if it doesn't fit."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read_text(self, lines: list[str]) -> Element:
        """The tree of a whole text; its footnotes stand in a section at the end."""
        root = Element("div")
        self.read(lines, root, 0)
        footnotes.append_section(self.context.notes, root)
        return root

    def read(self, lines: list[str], parent: Element, depth: int) -> None:
        """Read all of `lines` into `parent`."""
        directive_ends = directives.ends(lines)
        i = 0
        while i < len(lines):
            if not lines[i].strip():
                i += 1
                continue
            self.context.elements += 1
            if not self.has_room():
                self.as_typed(lines[i:], parent)
                return
            if i in directive_ends:
                i = directives.read(self, lines, i, directive_ends[i], parent, depth)
            else:
                i = self.read_one(lines, i, parent, depth)

    def read_one(self, lines: list[str], start: int, parent: Element, depth: int) -> int:
        for rule in RULES if depth < MAX_DEPTH else FLAT_RULES:
            stop = rule(self, lines, start, parent, depth)
            if stop is not None:
                return stop
        return paragraph(self, lines, start, parent, depth)

    def has_room(self) -> bool:
        """Whether the text may have more elements."""
        return self.context.elements <= MAX_ELEMENTS

    def as_typed(self, lines: list[str], parent: Element) -> None:
        SubElement(parent, "p").text = AtomicString("\n".join(line.strip() for line in lines))

    def put_text(self, element: Element, lines: list[str]) -> None:
        """Make `lines` the words of `element`; what is special in them is found later, by the inline patterns."""
        element.text = hush(lines, self.context)


def heading(reader: Reader, lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    found = heading_of(lines[start])
    if not found:
        return None
    reader.put_text(SubElement(parent, f"h{found[0]}"), [found[1]])
    return start + 1


def rule(reader: Reader, lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    if not is_rule(lines[start]):
        return None
    SubElement(parent, "hr")
    return start + 1


def quote(reader: Reader, lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    if not QUOTE.match(lines[start]):
        return None
    inner: list[str] = []
    stop = start
    while stop < len(lines):
        line = lines[stop]
        mark = QUOTE.match(line)
        if not mark and (interrupts(line) or not inner[-1].strip() or interrupts(inner[-1])):
            break
        inner.append(line[mark.end() :] if mark else line)
        stop += 1
    reader.read(inner, SubElement(parent, "blockquote"), depth + 1)
    return stop


def reference(reader: Reader, lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    match = REFERENCE.match(lines[start]) if "]:" in lines[start] else None
    if not match:
        return None
    name = " ".join(match[1].lower().split())
    reader.context.references.setdefault(name, (match[2] or match[3], (match[4] or "")[1:-1]))
    return start + 1


def paragraph(reader: Reader, lines: list[str], start: int, parent: Element, depth: int) -> int:
    if directives.is_stray_end(lines[start]):
        return start + 1
    stop = start + 1
    while stop < len(lines) and not interrupts(lines[stop]):
        underline = lines[stop].strip()
        if underline and underline.count("=") == len(underline):
            reader.put_text(SubElement(parent, "h1"), lines[start:stop])
            return stop + 1
        if definitions.follows(lines, start, stop):
            return definitions.read(reader, lines, start, parent, depth)
        if tables.starts(lines, stop):
            break
        stop += 1
    if stop < len(lines) and set(lines[stop].strip()) == {"-"} and len(lines[stop].strip()) > 1:
        reader.put_text(SubElement(parent, "h2"), lines[start:stop])
        return stop + 1
    if definitions.follows(lines, start, stop):
        return definitions.read(reader, lines, start, parent, depth)
    reader.put_text(SubElement(parent, "p"), lines[start:stop])
    return stop


LEAVES = [code.fenced, heading, rule, tables.read, tables.grid, reference]
RULES = [
    code.fenced,
    heading,
    rule,
    quote,
    lists.read,
    code.indented,
    titled.lay,
    collected.lay,
    tables.read,
    tables.grid,
    footnotes.read,
    reference,
]
FLAT_RULES = LEAVES
