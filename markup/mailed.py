"""Stored HTML as a mail can show it: nothing remote, nothing that only a page can do; and the same as plain text."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from lxml import html

from .parts import parts_of

TAGS = (
    "a blockquote br code dd del div dl dt em h2 h3 h4 hr li ol p pre strong sup table tbody td th thead tr ul",
    "figcaption figure section",
)
KEPT = frozenset(TAGS[0].split())
PARTS = frozenset(TAGS[1].split())  # what stands alone on its page, and becomes a plain part
WAYS_BACK = {"fn-back"}
BOXES = {"box"}
BLANK = re.compile(r"[ \t\r\n\f]+")
GAPS = re.compile(r"\n{3,}")


def mailed(stored: str, *, base: str, most: int = 0) -> tuple[str, str, bool]:
    """Sanitised HTML for a mail, the same as plain text, and whether that is all of it. `base` is the address of the
    page on which it stands. With `most`, whole paragraphs go as long as they fit into so many characters, the first
    in any case."""
    parts = list(parts_of(stored))
    kept = len(parts)
    if most:
        kept = next((n or 1 for n in range(kept) if len("".join(parts[: n + 1])) > most), kept)
    root = html.fragment_fromstring("".join(parts[:kept]), create_parent="div")
    for element in list(root.iter()):
        make_fit(element, base)
    written = html.tostring(root, encoding="unicode").removeprefix("<div>").removesuffix("</div>")
    return written, as_text(root), kept == len(parts)


def make_fit(element: html.HtmlElement, base: str) -> None:
    """Make of one element what a mail can show. A picture becomes a link to it, since readers fetch nothing unasked;
    what is folded away stays on the page."""
    classes = set(element.get("class", "").split())
    if not isinstance(element.tag, str) or classes & WAYS_BACK:
        return drop(element)
    href = element.get("href") or element.get("src") or ""
    box = element.tag == "section" and bool(classes & BOXES)
    if element.tag == "img":
        element.tag, element.text = "a", element.get("alt") or _("Picture")
    elif element.tag == "input":
        element.tail = ("☑" if "checked" in element.attrib else "☐") + (element.tail or "")
    elif element.tag == "details":
        fold(element)
    element.attrib.clear()
    if box:
        element.tag = "blockquote"
    elif element.tag == "a" and href and not href.startswith("#"):
        element.set("href", urljoin(base, href))
    elif element.tag == "a" or element.tag not in KEPT:
        unwrap(element)


def fold(details: html.HtmlElement) -> None:
    """Leave of a box that is closed on its page what it is called."""
    for child in details[1:]:
        details.remove(child)
    details.tag = "p"
    for title in details:
        title.text = f"▸ {title.text or ''}"


def unwrap(element: html.HtmlElement) -> None:
    """Let stand what is in it; as a paragraph of its own where it was one."""
    if element.tag in PARTS:
        element.tag = "div"
    elif element.getparent() is not None:
        element.drop_tag()


def drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


# --- As text -------------------------------------------------------------------------------------------------------


def as_text(element: html.HtmlElement) -> str:
    return GAPS.sub("\n\n", "".join(written(element)).replace("\xa0", " ")).strip()


def written(element: html.HtmlElement) -> Iterator[str]:
    """The text of what is in an element: paragraphs with a blank line between, the rest as Markdown would be typed."""
    yield BLANK.sub(" ", element.text or "")
    for number, child in enumerate(element, 1):
        yield from WRITTEN.get(child.tag, inline)(child, number)  # type: ignore[arg-type]
        yield BLANK.sub(" ", child.tail or "")


def inline(element: html.HtmlElement, _number: int) -> Iterator[str]:
    yield from written(element)


def paragraph(element: html.HtmlElement, _number: int) -> Iterator[str]:
    yield f"\n\n{as_text(element)}\n\n"


def link(element: html.HtmlElement, _number: int) -> Iterator[str]:
    words, href = as_text(element), element.get("href", "")
    is_person = words.startswith("@")
    yield words if is_person or href in (words, f"mailto:{words}") else f"{words} ({href})"


def item(element: html.HtmlElement, number: int) -> Iterator[str]:
    mark = f"{number}. " if element.getparent().tag == "ol" else "- "
    lines = as_text(element).replace("\n\n", "\n")
    yield f"\n{mark}{indented(lines, ' ' * len(mark)).lstrip()}"


def quote(element: html.HtmlElement, _number: int) -> Iterator[str]:
    yield f"\n\n{indented(as_text(element), '> ')}\n\n"


def code(element: html.HtmlElement, _number: int) -> Iterator[str]:
    yield f"\n\n{indented(''.join(element.itertext()).rstrip(), '    ')}\n\n"


def row(element: html.HtmlElement, _number: int) -> Iterator[str]:
    yield "\n" + " | ".join(as_text(cell) for cell in element)


def indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}".rstrip() for line in text.split("\n"))


WRITTEN = {
    **dict.fromkeys(("p", "div", "h2", "h3", "h4", "ul", "ol", "table", "dl", "dt"), paragraph),
    **{"a": link, "li": item, "blockquote": quote, "pre": code, "tr": row},
    "dd": quote,
    "br": lambda *_: iter("\n"),
    "hr": lambda *_: iter("\n\n* * *\n\n"),
    "sup": lambda element, _number: iter(("[", *written(element), "]")),
    "code": lambda element, _number: iter(("`", *written(element), "`")),
}
