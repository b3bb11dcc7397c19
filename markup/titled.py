"""Wiki pages named by their title: `[[Field guide]]`, `[[Field guide|words]]`, and `::page{Field guide}` on a line of
its own, which lays the page into the text.

Which page has a title, and whether the reader may know of it, is known only when a text is read. So the stored HTML
holds links to an address that finds out when it is followed, `…?title=Field+guide`; what knows its reader puts
something better in their place with `settle`.
"""

import re
import unicodedata
from collections.abc import Callable
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from .shapes import LAID
from .slots import SLOT

if TYPE_CHECKING:
    from .context import Context
    from .reading import Reader

TITLE_MAX = 120  # characters; what is longer is no title
FOLDED_MAX = 200
MAX_LINKS = 300  # in a text; more are words
MAX_LAID = 10  # in a text; more are links
LINK_CLASS = "wiki-link"
LAID_CLASS = "wiki-laid"
TITLED = r"\[\[([^\[\]|\n\x0b]{1,400})(?:\|([^\[\]\n\x0b]{1,400}))?\]\]"

_LINK = r'<a href="[^"]*?[?;]title=([^"&]*)" class="wiki-link">(.*?)</a>'
LINK_OR_LAID = re.compile(f'(<section class="wiki-laid">)?{_LINK}(?(1)</section>)', re.S)
ANCHOR = re.compile(r' id="(?:b|fn(?:ref)?)-[^"]*"')
OWN = re.compile(r'<a href="(#[^"]*)"')


def folded(title: str) -> str:
    """What two titles have in common that are the same to a reader."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())[:FOLDED_MAX]


def link_to(title: str, words: str, context: "Context") -> Element | None:
    """The link to the page called `title`, or None where there can be none."""
    title = " ".join(title.split())
    if context.title_url is None or not title or len(title) > TITLE_MAX or len(context.titles) >= MAX_LINKS:
        return None
    context.titles.append(title)
    link = Element("a", {"href": context.title_url(title), "class": LINK_CLASS})
    link.text = words.strip() or AtomicString(title)
    return link


def lay(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    """`::page{Title}`: a rule of the reader."""
    match = LAID.match(lines[start])
    if not match or not reader.context.profile.has_blocks:
        return None
    link = link_to(match[1], "", reader.context)
    if link is None:
        return None
    reader.context.laid += 1
    is_laid = reader.context.laid <= MAX_LAID
    SubElement(parent, "section" if is_laid else "p", {"class": LAID_CLASS} if is_laid else {}).append(link)
    return start + 1


def titles_in(html: str, *, laid: bool = False) -> list[str]:
    """The titles that stored HTML names, each once; with `laid`, only those of pages laid into it."""
    if LINK_CLASS not in html:
        return []
    found = (match for match in LINK_OR_LAID.finditer(html) if match[1] or not laid)
    return list(dict.fromkeys(title_of(match[2]) for match in found))


def title_of(value: str) -> str:
    return unquote_plus(unescape(value))


def settle(html: str, link: Callable[[str, str], str], laid: Callable[[str], str]) -> str:
    """Stored HTML with `link(title, words)`, whose words are HTML, for each link by a title, and `laid(title)` for each
    page laid into it. What they return must be safe HTML."""
    if LINK_CLASS not in html:
        return html

    def fill(match: re.Match[str]) -> str:
        title = title_of(match[2])
        return laid(title) if match[1] else link(title, match[3])

    return LINK_OR_LAID.sub(fill, html)


def as_words(html: str) -> str:
    """Stored HTML with words in the place of its links by a title: for where it is not known whose pages they mean."""
    return settle(html, lambda title, words: f"<span>{words}</span>", lambda title: f"<p>{escape(title)}</p>")


def bare(html: str, path: str) -> str:
    """Stored HTML to stand within another text: without slots and ids, its links to its own places leading to `path`,
    where it is at home."""
    return OWN.sub(lambda match: f'<a href="{path}{match[1]}"', ANCHOR.sub("", SLOT.sub("", html)))
