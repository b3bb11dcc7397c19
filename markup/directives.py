"""Boxes: `::: tip`, and the fenced divs of the Carpentries' lessons.

Openers and closers are matched by position, whatever their number of colons. A box that is never closed ends
before the next heading of level one or two, so that it doesn't swallow the rest of the text.
"""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .shapes import CLOSER, OPENER, heading_of
from .source import with_fences

if TYPE_CHECKING:
    from .reading import Reader

MAX_DEPTH = 8
TITLES = {  # of boxes that name none themselves; the language of the courses' authors is not known here
    "callout": "Callout",
    "caution": "Caution",
    "challenge": "Challenge",
    "checklist": "Checklist",
    "discussion": "Discussion",
    "keypoints": "Key points",
    "note": "Note",
    "objectives": "Objectives",
    "prereq": "Before you start",
    "questions": "Questions",
    "tab": "Tab",
    "testimonial": "Testimonial",
    "tip": "Tip",
}
FOLDED = {
    "details": "Details",
    "hint": "Hint",
    "instructor": "For instructors",
    "solution": "Solution",
    "spoiler": "Show more",
}
CLASSES = frozenset(f"box-{name}" for name in (*TITLES, *FOLDED))


def ends(lines: list[str]) -> dict[int, int]:
    """For each line that opens a box, the line after its content."""
    found: dict[int, int] = {}
    open_boxes: list[int] = []
    if not any(":::" in line for line in lines):
        return found
    for i, (line, in_code) in enumerate(with_fences(lines)):
        if in_code or ":::" not in line:
            continue
        if OPENER.match(line):
            open_boxes.append(i)
        elif CLOSER.match(line) and open_boxes:
            found[open_boxes.pop()] = i
    if open_boxes:
        close_at_headings(lines, open_boxes, found)
    return found


def close_at_headings(lines: list[str], open_boxes: list[int], found: dict[int, int]) -> None:
    stop = len(lines)
    marks = list(with_fences(lines))
    after = open_boxes.copy()
    for i in range(len(lines) - 1, -1, -1):
        if after and i == after[-1]:
            found[after.pop()] = stop
        level = None if marks[i][1] else heading_of(lines[i])
        if level and level[0] <= 2 and not is_title(lines, i):
            stop = i


def is_title(lines: list[str], i: int) -> bool:
    """Whether the heading at `i` is the first thing in a box."""
    i -= 1
    while i >= 0 and not lines[i].strip():
        i -= 1
    return i >= 0 and bool(OPENER.match(lines[i]))


def is_stray_end(line: str) -> bool:
    """Whether the line closes a box that nobody opened: it has no words, so it isn't shown."""
    return bool(CLOSER.match(line))


def read(reader: "Reader", lines: list[str], start: int, stop: int, parent: Element, depth: int) -> int:
    """Read the box whose content ends before `stop`; says where the text goes on."""
    opener = OPENER.match(lines[start])
    after = stop + 1 if stop < len(lines) and CLOSER.match(lines[stop]) else stop
    if depth >= MAX_DEPTH or opener is None:
        reader.put_text(SubElement(parent, "p"), [lines[start].strip(" :")])
        reader.as_typed(lines[start + 1 : stop], parent)
        return after
    name = (opener[1] or opener[2]).lower()
    title = opener[3].strip().rstrip(":").strip()
    body = lines[start + 1 : stop]
    if name == "prompt" and reader.context.profile.has_blocks:
        add_prompt(reader, parent, title, body, depth)
    elif name in ("tab", "group-tab"):
        add_tabs(reader, parent, title, body, depth)
    else:
        add_box(reader, parent, name, title, body, depth)
    return after


def add_prompt(reader: "Reader", parent: Element, title: str, body: list[str], depth: int) -> None:
    section = SubElement(parent, "section", {"class": "prompt"})
    if title:
        reader.put_text(SubElement(section, "p", {"class": "box-title"}), [title])
    reader.read(body, section, depth + 1)


def add_box(reader: "Reader", parent: Element, name: str, title: str, body: list[str], depth: int) -> None:
    if not title:
        title, body = title_of(body)
    if name == "prompt":
        name = "note"
    if name not in TITLES and name not in FOLDED:
        title, name = title or name.replace("-", " ").capitalize(), "note"
    folded = name in FOLDED
    box = SubElement(parent, "details" if folded else "section", {"class": f"box box-{name}"})
    head = SubElement(box, "summary") if folded else SubElement(box, "p", {"class": "box-title"})
    reader.put_text(head, [title or FOLDED.get(name) or TITLES[name]])
    reader.read(body, box, depth + 1)


def title_of(body: list[str]) -> tuple[str, list[str]]:
    """The heading that a box starts with, and the rest."""
    for i, line in enumerate(body):
        if line.strip():
            heading = heading_of(line)
            return (heading[1], body[i + 1 :]) if heading else ("", body)
    return "", body


def add_tabs(reader: "Reader", parent: Element, title: str, body: list[str], depth: int) -> None:
    """A box for each heading in the body: tabs that all stand open."""
    inner = ends(body)
    cuts, i = [], 0
    marks = list(with_fences(body))
    while i < len(body):
        if i in inner:
            i = inner[i]
        elif not marks[i][1] and heading_of(body[i]):
            cuts.append(i)
        i += 1
    first = cuts[0] if cuts else len(body)
    if title or any(line.strip() for line in body[:first]):
        add_box(reader, parent, "tab", title, body[:first], depth)
    for cut, stop in zip(cuts, [*cuts[1:], len(body)], strict=True):
        add_box(reader, parent, "tab", "", body[cut:stop], depth)
