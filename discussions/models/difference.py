"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\w+|[^\w\s]")
COMPARED_AT_MOST = 400_000  # words of one text times words of the other; beyond, difflib would hold up the page

Piece = tuple[str, str]


def words_changed(old: str, new: str) -> list[Piece]:
    """Pieces of both texts in order: ("", kept), ("del", taken out), ("ins", put in). Where the changed middle is
    too long to compare, it is taken out and put in as a whole."""
    before, after = WORD.findall(old), WORD.findall(new)
    start = common(before, after)
    end = common(before[start:][::-1], after[start:][::-1])
    pieces = [("", "".join(before[:start]))]
    pieces += changed(before[start : len(before) - end], after[start : len(after) - end])
    pieces.append(("", "".join(before[len(before) - end :])))
    return [piece for piece in pieces if piece[1]]


def common(a: list[str], b: list[str]) -> int:
    """How many words both begin with."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def changed(a: list[str], b: list[str]) -> list[Piece]:
    if len(a) * len(b) > COMPARED_AT_MOST:
        return [("del", "".join(a)), ("ins", "".join(b))]
    pieces = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        if tag == "equal":
            pieces.append(("", "".join(a[a1:a2])))
        else:
            pieces += [("del", "".join(a[a1:a2])), ("ins", "".join(b[b1:b2]))]
    return pieces


@dataclass
class Text:
    """One wording of a post."""

    number: int
    source: str
    at: datetime
    changes: list[Piece] = field(default_factory=list)
