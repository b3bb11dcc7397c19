"""`::collection{12}` on a line of its own in a unit: a collection, as its reader sees it.

What stands in it, and whether the reader may know of it, is known only when the text is read. So the stored HTML holds
a place for it that says nothing but its number; what knows its reader fills it with `with_collections`.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from .limits import Profile
from .shapes import COLLECTED

if TYPE_CHECKING:
    from .reading import Reader

MAX_COLLECTED = 5  # in a text; what follows is left as it was typed
COLLECTED_CLASS = "collection-laid"
LAID = re.compile(r'<section class="collection-laid"><a href="/collections/(\d{1,9})/">[^<]*</a></section>')


def lay(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    """A rule of the reader."""
    match = COLLECTED.match(lines[start])
    if not match or reader.context.profile is not Profile.UNIT or reader.context.collected >= MAX_COLLECTED:
        return None
    reader.context.collected += 1
    section = SubElement(parent, "section", {"class": COLLECTED_CLASS})
    SubElement(section, "a", {"href": f"/collections/{int(match[1])}/"}).text = AtomicString("Collection")
    return start + 1


def collections_in(html: str) -> list[int]:
    """The numbers of the collections that stored HTML has a place for, each once."""
    return list(dict.fromkeys(int(n) for n in LAID.findall(html))) if COLLECTED_CLASS in html else []


def with_collections(html: str, fill: Callable[[int], str]) -> str:
    """Stored HTML with `fill(number)` in the place of each collection. What it returns must be safe HTML."""
    return LAID.sub(lambda match: fill(int(match[1])), html) if COLLECTED_CLASS in html else html
