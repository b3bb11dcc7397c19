"""Lists: nested by two spaces or more, directly under a paragraph or not, with tasks."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .shapes import ITEM, indent_of, interrupts, is_rule

if TYPE_CHECKING:
    from .reading import Reader

TASK = re.compile(r"\[([ xX])\] +(?=\S)")


def read(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    mark = item_of(lines[start])
    if not mark or len(mark[1]) > 3:
        return None
    number = mark[2][:-1]
    element = SubElement(parent, "ol" if number else "ul")
    if number and int(number) != 1:
        element.set("start", str(int(number)))
    kind, stop, loose, gap = mark[2][-1], start, False, 0
    while mark and reader.has_room() and mark[2][-1] == kind and bool(mark[2][:-1]) == bool(number):
        loose = loose or gap > 0
        body, stop, gap = body_of(lines, stop, mark)
        reader.context.elements += 1
        add_item(reader, element, body, depth)
        mark = item_of(lines[stop + gap]) if stop + gap < len(lines) else None
        if mark and len(mark[1]) > 3:
            mark = None
        stop += gap if mark else 0
    if not loose:
        for item in element:
            tighten(item)
    return stop


def item_of(line: str) -> re.Match[str] | None:
    return None if is_rule(line) else ITEM.match(line)


def body_of(lines: list[str], start: int, mark: re.Match[str]) -> tuple[list[str], int, int]:
    """The lines of an item without their indent, where it ends, and how many blank lines follow."""
    width = mark.end() if len(mark[3]) <= 4 and mark[3] else mark.end(2) + 1
    body, gap, stop = [lines[start][width:]], 0, start + 1
    while stop < len(lines):
        line = lines[stop]
        indent = indent_of(line)
        if not line.strip():
            gap += 1
        elif indent >= width or (indent >= len(mark[1]) + 2 and item_of(line)):
            body += [""] * gap + [line[min(indent, width) :]]
            gap = 0
        elif gap or interrupts(line) or item_of(line) or not body[-1].strip():
            break
        else:
            body.append(line.lstrip())
        stop += 1
    return body, stop - gap, gap


def add_item(reader: "Reader", parent: Element, body: list[str], depth: int) -> None:
    item = SubElement(parent, "li")
    task = TASK.match(body[0])
    if task:
        item.set("class", "task")
        item.set("task", "done" if task[1] != " " else "open")
        body[0] = body[0][task.end() :]
    reader.read(body, item, depth + 1)


def tighten(item: Element) -> None:
    """Take the paragraph away from around the words of an item that has no other."""
    if [child.tag for child in item].count("p") == 1 and item[0].tag == "p":
        item.text = item[0].text
        item.remove(item[0])


def mark_tasks(root: Element) -> None:
    """Turn the words of each task into the label of a box that shows whether it is done."""
    for item in root.iter("li"):
        state = item.attrib.pop("task", None)
        if state:
            holder = item[0] if len(item) and item[0].tag == "p" and not item.text else item
            label_words(holder, state == "done")


def label_words(holder: Element, done: bool) -> None:
    label, box = Element("label"), Element("input", {"type": "checkbox", "disabled": "disabled"})
    if done:
        box.set("checked", "checked")
    box.tail = " " + (holder.text or "")
    holder.text = None
    label.append(box)
    for child in list(holder):
        if child.tag in ("ul", "ol", "pre", "div", "table", "blockquote", "section", "details", "p", "dl"):
            break
        holder.remove(child)
        label.append(child)
    holder.insert(0, label)
