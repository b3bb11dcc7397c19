"""From a text to a page's HTML: read, find what stands in the lines, shape, name the blocks, write, sanitise."""

import secrets
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from . import code, footnotes, lists, mentions, patterns, tree
from .addresses import is_external
from .alignment import align
from .context import Context
from .inline import reveal
from .limits import LIMITS, Profile, TooLong
from .reading import Reader
from .rendered import Block, Picture, Prompt, Rendered
from .sanitise import REL, sanitise
from .slots import SLOT_TAG, place
from .source import to_lines
from .writing import write

RENDERER_VERSION = 6  # stored with what was rendered; raise it when the same text would give other HTML

Address = Callable[[str], str | None]


def render(
    source: str,
    profile: Profile,
    *,
    previous: Sequence[Block] = (),
    image_url: Callable[[str], str | Picture | None] | None = None,
    link_url: Address | None = None,
    mention_url: Address | None = None,
    title_url: Callable[[str], str] | None = None,
    key: str = "",
) -> Rendered:
    """Render `source`, which is at most LIMITS[profile] characters long; raises TooLong.

    `previous` are the blocks of the text as it was: those that are still there keep their ids. `image_url` and
    `link_url` say where a relative address of the text leads, `mention_url` where a handle does; None is "nowhere".
    `title_url` is where a link to a wiki page by its title leads that nobody settles, see `titled`.
    `image_url` is asked about images of our own too, as `/c/heron/images/12/`.
    `key` tells this text's footnotes from those of others on the same page.
    """
    if len(source) > LIMITS[profile]:
        raise TooLong(len(source), LIMITS[profile])
    context = Context(profile, image_url=image_url, link_url=link_url, title_url=title_url)
    root = parse(to_lines(source), context)
    finish(root, context, key)
    handles = mentions.gather(root, mention_url)
    named_blocks, retired = name_blocks(root, previous) if profile.has_blocks else ([], [])
    nonce = secrets.token_hex(12)
    return Rendered(
        html=place(sanitise(write(list(root), nonce)), nonce),
        blocks=[Block(i, block.kind, block.text) for i, block in named_blocks] + retired,
        mentions=handles,
        links=links_of(root),
        prompts=[prompt_of(i, block, nonce) for i, block in named_blocks if block.kind == "prompt"],
        headings=[heading_of(i, block) for i, block in named_blocks if block.kind == "heading"],
        images=context.images,
        titles=list(dict.fromkeys(context.titles)),
        version=RENDERER_VERSION,
        words=len(tree.words(root).split()),
    )


def name_blocks(root: Element, previous: Sequence[Block]) -> tuple[list[tuple[str, tree.Found]], list[Block]]:
    """Give each block of the tree its id; with those blocks of `previous` that have no successor."""
    found: list[tree.Found] = []
    tree.collect(root, found)
    ids, retired = align([(block.kind, block.text) for block in found], previous)
    tree.name(found, ids)
    return list(zip(ids, found, strict=True)), retired


def parse(lines: list[str], context: Context) -> Element:
    """The tree of the text, inline patterns applied. Where they nest too deeply, its words without them."""
    try:
        return parsed(lines, context, inline=True)
    except RecursionError:
        urls = {name: getattr(context, name) for name in ("image_url", "link_url", "title_url")}
        context.__dict__.update(Context(context.profile, **urls).__dict__)
        return parsed(lines, context, inline=False)


def parsed(lines: list[str], context: Context, *, inline: bool) -> Element:
    md = Markdown()
    patterns.install(md, context)
    root = Reader(context).read_text(lines)
    if inline:
        md.treeprocessors["inline"].run(root)
    for element in root.iter():
        element.text = unhidden(element.text, context)
        element.tail = unhidden(element.tail, context)
    return root


def unhidden(text: str | None, context: Context) -> str | None:
    if text and "\x02" in text and not isinstance(text, AtomicString):
        return reveal(text, context.codes)
    return text


def finish(root: Element, context: Context, key: str) -> None:
    """All that is done to the tree before its blocks are named."""
    footnotes.number(root, context.notes, key)
    code.fill(root, context)
    tree.shape(root, context.profile)
    lists.mark_tasks(root)
    for link in root.iter("a"):
        if is_external(link.get("href", "")):
            link.set("rel", REL)


def links_of(root: Element) -> list[str]:
    """The addresses on other sites that the text links to, each once."""
    addresses = (link.get("href", "") for link in root.iter("a") if link.get("class") != "mention")
    return list(dict.fromkeys(address for address in addresses if is_external(address)))


def prompt_of(block_id: str, block: tree.Found, nonce: str) -> Prompt:
    inner = [child for child in block.holder if child.tag != SLOT_TAG]
    return Prompt(block_id, block.text, place(sanitise(write(inner, nonce)), nonce))


def heading_of(block_id: str, block: tree.Found) -> tuple[int, str, str]:
    return int(block.holder[0].tag[1:]), block_id, block.text
