"""The places at the end of each block where a page puts what belongs to the block.

In the tree a slot is an element of its own kind; on the way through the sanitiser it is a word that nobody can
guess; in the stored HTML it is a comment, so a page that doesn't weave shows nothing.
"""

import re
from collections.abc import Callable

SLOT_TAG = "slot"
HEADING = re.compile(r'id="b-([a-z0-9]{8})"><h([2-4])>')
SLOT = re.compile(r"<!--talk:([a-z0-9]{8})-->")


def token(nonce: str, block_id: str) -> str:
    """The word that stands for a slot while the sanitiser works."""
    return f"{nonce}{block_id}."


def place(html: str, nonce: str) -> str:
    """Sanitised HTML with its slots in place.

    A parser may leave `<!--` as it is inside an attribute, where it would pass for a slot: it is escaped first.
    """
    html = html.replace("<!--", "&lt;!--")
    return re.sub(nonce + r"([a-z0-9]{8})\.", r"<!--talk:\1-->", html)


def weave(html: str, fill: Callable[[str], str]) -> str:
    """Put `fill(block_id)` into each slot of `Rendered.html`, in order. What `fill` returns must be safe HTML."""
    return SLOT.sub(lambda match: fill(match[1]), html)


def headings_in(html: str) -> list[tuple[int, str]]:
    """Level and block id of each heading of a text, in order."""
    return [(int(level), block_id) for block_id, level in HEADING.findall(html)]
