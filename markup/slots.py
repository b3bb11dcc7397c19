"""The places at the end of each block where a page puts what belongs to the block."""

import re
from collections.abc import Callable

SLOT = re.compile(r"<!--talk:([a-z0-9]{8})-->")


def slot(block_id: str) -> str:
    """The mark of a block's slot: a comment, so a page that doesn't weave shows nothing."""
    return f"<!--talk:{block_id}-->"


def disarm(html: str) -> str:
    """Sanitised HTML in which nothing looks like a slot: a parser leaves `<!--` as it is inside attributes."""
    return html.replace("<!--", "&lt;!--")


def weave(html: str, fill: Callable[[str], str]) -> str:
    """Put `fill(block_id)` into each slot of `Rendered.html`, in order. What `fill` returns must be safe HTML."""
    return SLOT.sub(lambda match: fill(match[1]), html)
