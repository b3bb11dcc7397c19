"""What rendering gives back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

Mention = str  # a handle, in lower case and without the @


@dataclass(frozen=True)
class Picture:
    """An image that a text may show, and its size in pixels, where that is known."""

    src: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Block:
    """A piece of a unit or wiki page that people can talk about.

    A retired block stood in an earlier version of the text and has no successor in this one.
    """

    id: str
    kind: str
    text: str
    retired: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The block for a JSON column."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The block that `as_dict` wrote."""
        return cls(id=data["id"], kind=data["kind"], text=data["text"], retired=data.get("retired", False))


@dataclass(frozen=True)
class Prompt:
    """A question that the text puts to its readers."""

    block_id: str
    text: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """A rendered text and what was found in it. `html` is safe as it stands; `weave` fills its slots."""

    html: str
    blocks: list[Block] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # of wiki pages that it links to or lays in
    version: int = 0
    words: int = 0
