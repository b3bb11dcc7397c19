"""Where links and images may lead."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .rendered import Picture

if TYPE_CHECKING:
    from .context import Context

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
OWN_IMAGE = re.compile(r"/c/[\w-]+/images/\d{1,18}/", re.A)  # that somebody put at a place of a community
# A unit, a conversation, a post in one, or a wiki page of a community.
OWN_PAGE = re.compile(r"/c/[\w-]+/(?:[utw]/[\w-]+|t/\d{1,18}/posts/\d{1,18})/", re.A)
OWN_FILE = re.compile(r"/c/[\w-]+/files/\d{1,18}/[\w.%-]+", re.A)  # that somebody put there
SPACES = re.compile(r"[\s\x00-\x1f]+")


def is_external(address: str) -> bool:
    """Whether the address is of another site, or says so."""
    return address[:8].lower().startswith(("http://", "https://"))


def is_relative(address: str) -> bool:
    """Whether the address is a path below the text's own place."""
    return bool(address) and not SCHEME.match(address) and address[0] not in "/\\#?"


def address_of(address: str, link_url: Callable[[str], str | None] | None) -> str | None:
    """The address for a link, or None where there must be none."""
    address = SPACES.sub("", address)
    own = OWN_PAGE.fullmatch(address) or OWN_FILE.fullmatch(address)
    if own or is_external(address) or address[:7].lower() == "mailto:":
        return address
    if is_relative(address) and link_url:
        return link_url(address)
    return None


def picture_of(address: str, context: "Context") -> Picture | None:
    """What to load the text's own image from; notes that the text shows it."""
    if not (is_relative(address) or OWN_IMAGE.fullmatch(address)):
        return None
    if address not in context.images:
        context.images.append(address)
    found = context.image_url(address) if context.image_url else None
    return Picture(found) if isinstance(found, str) else found
