"""What is known of the text that is being rendered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .limits import Profile
from .rendered import Picture


@dataclass
class Context:
    """One text, and what was found in it so far."""

    profile: Profile
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, Element] = field(default_factory=dict)
    #: code spans, which their tokens in the text name by number
    codes: list[str] = field(default_factory=list)
    #: language and text of code blocks, which the tree names by number
    fences: list[tuple[str, str]] = field(default_factory=list)
    #: what was counted because it is bounded
    elements: int = 0
    stars: int = 0
    mentions: int = 0
    image_url: Callable[[str], str | Picture | None] | None = None
    link_url: Callable[[str], str | None] | None = None
    title_url: Callable[[str], str] | None = None
    images: list[str] = field(default_factory=list)
    #: of wiki pages that the text links to, and how many it lays in
    titles: list[str] = field(default_factory=list)
    laid: int = 0
    #: how many collections it has a place for
    collected: int = 0
