"""From a text to a page's HTML (first version; the parser under it is being written)."""

import re
import secrets
import string
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.util import AtomicString

from .limits import LIMITS, Profile, TooLong
from .rendered import Block, Prompt, Rendered
from .slots import disarm, slot

RENDERER_VERSION = 1
ADDRESS = Callable[[str], str | None]
KINDS = {"p": "paragraph", "li": "item", "pre": "code", "table": "table", "figure": "figure"}
KINDS |= {f"h{n}": "heading" for n in range(1, 7)}
HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9_-]{0,38})")
CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"section", "details", "summary", "figure", "figcaption"},
    attributes={"a": {"href"}, "img": {"src", "alt"}, "*": {"id", "class"}},
    url_schemes={"http", "https", "mailto"},
)


def render(
    source: str,
    profile: Profile,
    *,
    previous: Sequence[Block] = (),
    image_url: ADDRESS | None = None,
    link_url: ADDRESS | None = None,
    mention_url: ADDRESS | None = None,
    key: str = "",
) -> Rendered:
    """Render `source`; raises TooLong."""
    if len(source) > LIMITS[profile]:
        raise TooLong(len(source), LIMITS[profile])
    source = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", source.replace("\r\n", "\n"))
    extensions = ["tables", "sane_lists"] + ([] if profile.has_blocks else ["nl2br"])
    md = Markdown(extensions=extensions)
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    source = re.sub(r"(?m)^:::+\s*prompt[^\n]*\n(.*?)\n:::+ *$", r"PROMPTBOX \1", source, flags=re.S)
    root = md.parser.parseDocument(source.split("\n")).getroot()
    for processor in md.treeprocessors:
        root = processor.run(root) or root
    nonce = secrets.token_hex(8)
    pool: dict[str, list[str]] = {}
    for old in previous:
        pool.setdefault(old.text, []).append(old.id)
    blocks: list[Block] = []
    if profile.has_blocks:
        mark(root, pool, blocks, nonce)
    html = disarm(CLEANER.clean(md.serializer(root)))
    for processor in md.postprocessors:
        html = processor.run(html) if not html.startswith("<!") else html
    html = re.sub(nonce + r"([a-z0-9]{8})", lambda match: slot(match[1]), html)
    text = " ".join("".join(root.itertext()).split())
    used = {block.id for block in blocks}
    return Rendered(
        html=html,
        blocks=blocks + [Block(b.id, b.kind, b.text, True) for b in previous if b.id not in used][:200],
        mentions=list(dict.fromkeys(handle.lower() for handle in HANDLE.findall(text))),
        links=[a.get("href", "") for a in root.iter("a") if a.get("href", "").startswith("http")],
        prompts=[Prompt(b.id, b.text, f"<p>{b.text}</p>") for b in blocks if b.kind == "prompt"],
        headings=[(2, b.id, b.text) for b in blocks if b.kind == "heading"],
        version=RENDERER_VERSION,
        words=len(text.split()),
    )


def mark(parent: Element, pool: dict[str, list[str]], blocks: list[Block], nonce: str) -> None:
    for index, child in enumerate(list(parent)):
        if child.tag not in KINDS:
            mark(child, pool, blocks, nonce)
            continue
        text = " ".join("".join(child.itertext()).split())
        kind = KINDS[child.tag]
        if text.startswith("PROMPTBOX"):
            kind, text = "prompt", text.removeprefix("PROMPTBOX ")
            child.text = (child.text or "").removeprefix("PROMPTBOX ")
        found = pool.get(text)
        block_id = found.pop(0) if found else "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
        blocks.append(Block(block_id, kind, text))
        element = child
        if child.tag != "li":
            element = Element("section" if kind == "prompt" else "div")
            element.append(child)
            parent[index] = element
        element.set("class", "prompt block" if kind == "prompt" else "block")
        element.set("id", f"b-{block_id}")
        SubElement(element, "span").text = AtomicString(nonce + block_id)
