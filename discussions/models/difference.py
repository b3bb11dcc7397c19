"""The wordings that a post had, each with what changed."""

from dataclasses import dataclass, field
from datetime import datetime

Piece = tuple[str, str]


@dataclass
class Text:
    """One wording of a post."""

    number: int
    source: str
    at: datetime
    changes: list[Piece] = field(default_factory=list)
