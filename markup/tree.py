"""The tree of a text, brought into the shape of a page: figures, headings, and the blocks in it."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from .limits import Profile
from .slots import SLOT_TAG

MAX_BLOCKS = 3_000  # in a text; what follows can be read, but not talked about piece by piece
HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {"p": "paragraph", "figure": "figure", "pre": "code", "div": "table"}
KINDS |= dict.fromkeys(HEADINGS, "heading")
SPACED = frozenset(("p", "br", "li", "td", "th", "tr", "figcaption", "dt", "dd", "summary", "pre", *HEADINGS))
OWN = frozenset(("p", "label", "a", "em", "strong", "del", "code", "span", "br", "img", "sup", "input"))


@dataclass
class Found:
    """A block in the tree. Its slot goes into `holder`, before `before` or at the end."""

    kind: str
    text: str
    holder: Element
    before: Element | None = None


def shape(root: Element, profile: Profile) -> None:
    """Make figures of images that stand alone, and give headings the levels that fit into a page."""
    last = 1
    for element in list(root.iter()):
        if element.tag == "p":
            make_figure(element)
        elif element.tag in HEADINGS and profile.has_blocks:
            last = min(max(HEADINGS[element.tag], 2), 4, last + 1)
            element.tag = f"h{last}"
        elif element.tag in HEADINGS:
            wrap_words(element)


def wrap_words(heading: Element) -> None:
    """A heading in a post is a strong line: it must not stand in the outline of the page."""
    strong = Element("strong")
    strong.text, heading.text = heading.text, None
    strong.extend(list(heading))
    heading[:] = [strong]
    heading.tag = "p"
    heading.set("class", "heading")


def make_figure(paragraph: Element) -> None:
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return
    child = paragraph[0]
    image = child[0] if child.tag == "a" and len(child) == 1 and not (child.text or child[0].tail) else child
    if image.tag != "img":
        return
    paragraph.tag = "figure"
    paragraph.attrib.clear()
    paragraph.text = child.tail = None
    caption = image.attrib.pop("title", "")
    if caption:
        SubElement(paragraph, "figcaption").text = caption


def collect(parent: Element, found: list[Found]) -> None:
    """Find the blocks below `parent`, in order, and put an element around each that can't hold a slot itself."""
    for index, child in enumerate(list(parent)):
        if len(found) >= MAX_BLOCKS:
            return
        kind = KINDS.get(child.tag, "")
        marks = child.get("class", "")
        if child.tag in ("li", "dd"):
            collect_item(child, found)
        elif marks == "prompt":
            found.append(Found("prompt", words(child), child))
        elif marks in ("footnotes", "box-title") or child.tag in ("summary", "dt"):
            continue
        elif kind and (kind != "table" or marks == "scroll"):
            wrap(parent, index, kind, found)
        else:
            collect(child, found)


def wrap(parent: Element, index: int, kind: str, found: list[Found]) -> None:
    text = words(parent[index])
    if text or kind == "figure":
        holder = Element("div")
        holder.append(parent[index])
        parent[index] = holder
        found.append(Found(kind, text, holder))


def collect_item(item: Element, found: list[Found]) -> None:
    """An item's own words and paragraphs are one block; lists, code and boxes within are blocks of their own."""
    own = [child for child in item if child.tag in OWN]
    inner = [child for child in item if child.tag not in OWN]
    text = collapse([item.text or "", *(piece for child in own for piece in pieces(child, tail=True))])
    block = Found("item", text, item)
    if text:
        found.append(block)
    for child in inner:
        here = list(item).index(child)
        holder = Element("div")
        holder.append(child)
        collect(holder, found)
        item[here] = holder[0]
        if block.before is None:
            block.before = holder[0]


def words(element: Element) -> str:
    """The plain words of an element, an image's alternative text among them."""
    return collapse(pieces(element))


def collapse(texts: list[str]) -> str:
    return " ".join("".join(texts).split())


def pieces(element: Element, *, tail: bool = False) -> list[str]:
    found: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            found.append(part)
            continue
        found.append(" " if part.tag in SPACED else "")
        if part.tag == "img":
            found.append(part.get("alt", ""))
        if part.tail and (tail or part is not element):
            stack.append(part.tail)
        if part.get("class") not in ("fn-back", "fn-call"):
            stack.extend(reversed(part))
            found.append(part.text or "")
    return found


def name(found: list[Found], ids: list[str]) -> None:
    """Give the blocks their ids, and each its slot."""
    for block, block_id in zip(found, ids, strict=True):
        holder = block.holder
        holder.set("class", f"{holder.get('class', '')} block".strip())
        holder.set("id", f"b-{block_id}")
        slot = Element(SLOT_TAG)
        slot.text = block_id
        if block.before is None:
            holder.append(slot)
        else:
            holder.insert(list(holder).index(block.before), slot)
