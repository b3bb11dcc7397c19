"""Mentions: people named by their handle."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

MENTION = r"(?<![\w@/.&=#+-])@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?(?![\w@]|[-.]\w)"


def gather(root: Element, mention_url: Callable[[str], str | None] | None) -> list[str]:
    """The handles that the text names, each once and in order; each mention is linked where there is an address."""
    addresses: dict[str, str | None] = {}
    for span in root.iter("span"):
        if span.get("class") == "mention" and span.text:
            handle = span.text[1:].lower()
            if handle not in addresses:
                addresses[handle] = mention_url(handle) if mention_url else None
            address = addresses[handle]
            if address:
                span.tag = "a"
                span.set("href", address)
    return list(addresses)
