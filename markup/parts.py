"""Stored HTML cut into what stands side by side at its top: paragraphs, headings, lists and tables as a whole."""

import re
from collections.abc import Callable, Iterator

TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>""")
ALONE = frozenset(("br", "hr", "img", "input", "wbr", "col"))
BLOCK = re.compile(r' id="b-([a-z0-9]{8})"')
LIST = re.compile(r"(<[uo]l(?: [^>]*)?>)(.*)(</[uo]l>)", re.S)
UNCOUNTED = re.compile(r'<(?:summary|dt)\b|class="(?:footnotes|box-title|wiki-laid)"')


def parts_of(html: str) -> Iterator[str]:
    """The parts of sanitised HTML, which together are all of it."""
    depth = start = 0
    for tag in TAG.finditer(html):
        if tag[2] not in ALONE:
            depth += -1 if tag[1] else 1
        if depth == 0:
            yield html[start : tag.end()]
            start = tag.end()
    if html[start:]:
        yield html[start:]


def kept_parts(html: str, keeps: Callable[[list[str] | None], bool]) -> str:
    """Of stored HTML the parts that `keeps` lets stand, asked for the blocks of each; and of a list, where it does not
    stand as a whole, the items."""
    return "".join(kept(part, keeps) for part in parts_of(html))


def kept(part: str, keeps: Callable[[list[str] | None], bool]) -> str:
    if keeps(blocks_in(part)):
        return part
    list_of = LIST.fullmatch(part)
    items = "".join(item for item in parts_of(list_of[2]) if keeps(blocks_in(item))) if list_of else ""
    return f"{list_of[1]}{items}{list_of[3]}" if list_of and items else ""


def blocks_in(part: str) -> list[str] | None:
    """Ids of the blocks that hold all the words of a part; None where it has words in no block, as titles of boxes,
    footnotes and terms are."""
    ids = BLOCK.findall(part)
    return ids if ids and not UNCOUNTED.search(part) else None
