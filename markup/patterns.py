"""The inline patterns. Each looks ahead a bounded number of characters."""

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import DelimiterProcessor, InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTree
from markdown.util import AtomicString, Registry

from . import titled
from .addresses import address_of, is_external, picture_of
from .inline import BREAK, CODE_TOKEN, reveal
from .mentions import MENTION

if TYPE_CHECKING:
    from .context import Context

DESTINATION = re.compile(
    r"\(\s{0,9}(?:<([^<>\n]{0,2000}+)>|((?:[^\s()<]|\([^\s()]{0,500}+\)){0,2000}+))"
    r"(?:\s{1,9}(\"[^\"]{0,500}+\"|'[^']{0,500}+'|\([^()]{0,500}+\)))?\s{0,9}\)"
)
LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
ATTRIBUTES = re.compile(r"\{(?:[^{}\n\"']|\"[^\"\n]{0,2000}+\"|'[^'\n]{0,2000}+'){1,500}+\}")
ALT = re.compile(r"\balt=(?:\"([^\"]*)\"|'([^']*)')")
AUTOLINK = r"<((?:https?://|mailto:)[^\s<>\x02\x03]{1,2000}|[^\s<>@\x02\x03]{1,64}@[^\s<>@\x02\x03]{1,255})>"
BARE = r"(?<![\w/.@:-])(?:https?://|www\.)(?=\w)[^\s<>\x02\x03\"]{1,2000}"
STRIKE = r"~~(?=[^\s~])([^~]{1,2000})(?<=\S)~~(?!~)"
MAX_MENTIONS = 200  # in a text; nobody calls more people
TRAILING = ".,;:!?*_~'"
PAIRS = {")": "(", "]": "["}


Hit = tuple[Element | None, int | None, int | None]
NOTHING: Hit = (None, None, None)


class Pattern(InlineProcessor):
    """A pattern that knows the text it works on."""

    def __init__(self, pattern: str, md: Markdown, context: "Context") -> None:
        super().__init__(pattern, md)
        self.context = context

    def handleMatch(self, m: re.Match[str], data: str) -> Hit:  # type: ignore[override]  # as InlineProcessor's
        return self.make(m, data)

    def make(self, m: re.Match[str], data: str) -> Hit:
        """The element for a match and where it stands, or NOTHING."""
        raise NotImplementedError

    def words(self, text: str) -> str:
        """`text` as plain words, for an attribute."""
        return reveal(self.unescape(text), self.context.codes).replace(BREAK, " ")


class Call(Pattern):
    """`[^1]`: a call of a footnote."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        label = self.words(m[1]).lower()
        if label not in self.context.notes:
            return NOTHING
        return Element("sup", {"note": label}), m.start(), m.end()


class Titled(Pattern):
    """`[[Field guide]]` and `[[Field guide|words]]`: a wiki page by its title."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        link = titled.link_to(self.words(m[1]), m[2] or "", self.context)
        return (link, m.start(), m.end()) if link is not None else NOTHING


class Bracketed(Pattern):
    """`[words](address "title")`, `[words][name]`, `[name][]` and `[name]`."""

    def find(self, data: str, start: int) -> tuple[str, str, str, int] | None:
        """Words, address, title, and where the text goes on. `start` is behind the opening bracket."""
        close = partner(data, start)
        if close is None:
            return None
        text, after = data[start:close], close + 1
        match = DESTINATION.match(data, after)
        if match:
            return text, match[1] or match[2] or "", (match[3] or "")[1:-1], match.end()
        label = LABEL.match(data, after)
        name = (label[1] if label else "") or text
        target = self.context.references.get(" ".join(self.words(name).lower().split())) if len(name) < 999 else None
        return (text, *target, label.end() if label else after) if target else None


class Link(Bracketed):
    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        found = self.find(data, m.end())
        if not found or not found[0].strip():
            return NOTHING
        text, address, _, end = found
        href = address_of(self.words(address), self.context.link_url)
        element = Element("a", {"href": href}) if href else Element("span")
        element.text = text
        return element, m.start(), end


class Image(Bracketed):
    """An image of the text's own. One from elsewhere would tell its server who reads, so it becomes a link."""

    def make(self, m: re.Match[str], data: str) -> Hit:
        found = self.find(data, m.end())
        if not found:
            return NOTHING
        alt, address, title = map(self.words, found[:3])
        end = found[3]
        attributes = ATTRIBUTES.match(data, end)
        if attributes:
            end = attributes.end()
            given = ALT.search(attributes[0])
            if given:
                alt, title = self.words(given[1] or given[2] or ""), title or alt
        return self.element(alt.strip(), address, title), m.start(), end

    def element(self, alt: str, address: str, title: str) -> Element:
        picture = picture_of(address, self.context)
        if picture:
            element = Element("img", {"src": picture.src, "alt": alt, "loading": "lazy", "decoding": "async"})
            if picture.width and picture.height:
                element.set("width", str(picture.width))
                element.set("height", str(picture.height))
            if title:
                element.set("title", title)
        elif is_external(address):
            element = Element("a", {"href": address})
            element.text = AtomicString(alt or title or address)
        else:
            element = Element("em")
            element.text = AtomicString(alt or title or address.rsplit("/", 1)[-1])
        return element


class Autolink(Pattern):
    """`<https://…>` and `<ana@example.org>`."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        address = m[1]
        href = address if address.startswith(("http", "mailto:")) else f"mailto:{address}"
        element = Element("a", {"href": href})
        element.text = AtomicString(address.removeprefix("mailto:"))
        return element, m.start(), m.end()


class BareLink(Pattern):
    """An address without any marks. Punctuation behind it, and a bracket around it, don't belong to it."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        address = m[0].rstrip(TRAILING)
        while address[-1] in PAIRS and address.count(address[-1]) > address.count(PAIRS[address[-1]]):
            address = address[:-1].rstrip(TRAILING)
        if len(address) < 8 and "." not in address[4:]:
            return NOTHING
        element = Element("a", {"href": address if address.startswith("http") else f"https://{address}"})
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)


class Named(Pattern):
    """`@ana`."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, m: re.Match[str], data: str) -> Hit:
        self.context.mentions += 1
        if self.context.mentions > MAX_MENTIONS:
            return NOTHING
        element = Element("span", {"class": "mention"})
        element.text = AtomicString(m[0])
        return element, m.start(), m.end()


class Code(Pattern):
    def make(self, m: re.Match[str], data: str) -> Hit:
        element = Element("code")
        element.text = AtomicString(self.context.codes[int(m[1])])
        return element, m.start(), m.end()


class Strike(Pattern):
    def make(self, m: re.Match[str], data: str) -> Hit:
        element = Element("del")
        element.text = m[1]
        return element, m.start(), m.end()


def partner(data: str, start: int) -> int | None:
    """Where the bracket that was opened before `start` is closed. The guard has bounded how deep they are."""
    depth = 1
    for match in re.compile(r"[\[\]]").finditer(data, start):
        depth += 1 if match[0] == "[" else -1
        if not depth:
            return match.start()
    return None


def install(md: Markdown, context: "Context") -> None:
    """Give `md` these patterns and no others."""
    patterns: Registry[Any] = Registry()
    md.inlinePatterns = patterns
    patterns.register(Call(r"\[\^([^\[\]\s]{1,50})\]", md, context), "call", 180)
    patterns.register(Titled(titled.TITLED, md, context), "titled", 175)
    patterns.register(Link(r"(?<!!)\[", md, context), "link", 170)
    patterns.register(Image(r"!\[", md, context), "image", 160)
    patterns.register(Autolink(AUTOLINK, md, context), "autolink", 150)
    patterns.register(BareLink(BARE, md, context), "bare", 140)
    patterns.register(Named(MENTION, md, context), "mention", 130)
    patterns.register(Code(CODE_TOKEN.pattern, md, context), "code", 120)
    patterns.register(Strike(STRIKE, md, context), "strike", 70)
    stars = DelimiterProcessor("*", "strong,em", md)
    stars.add("_", "strong,em", smart=True)
    patterns.register(stars, "em_strong", 60)
    md.treeprocessors.register(InlineTree(md), "inline", 20)
