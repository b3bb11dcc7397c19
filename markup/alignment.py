"""Which block of a text is which block of the text as it was.

First the same words, then words that are mostly the same. A block that could be one of two is nobody: a
conversation that is let go can be hung up again by hand, one at the wrong paragraph misleads its readers.
"""

import re
import secrets
import string
from collections import Counter
from collections.abc import Iterable, Sequence

from . import likeness
from .rendered import Block

MAX_RETIRED = 200
ALPHABET = string.ascii_lowercase + string.digits
ID = re.compile(r"[a-z0-9]{8}")

Piece = tuple[str, str]  # kind, text


def align(new: Sequence[Piece], previous: Sequence[Block]) -> tuple[list[str], list[Block]]:
    """The ids of the `new` blocks, and the blocks that have no place in the text now, newest first."""
    old = unique(previous)
    match = Alignment(new, old)
    match.same_text()
    likeness.pair_similar(match)
    likeness.pair_lone(match)
    taken = {block.id for block in old}
    ids = [old[match.to_old[n]].id if n in match.to_old else fresh_id(taken) for n in range(len(new))]
    left = [block for j, block in enumerate(old) if j not in match.to_new]
    left.sort(key=lambda block: block.retired)
    return ids, [Block(block.id, block.kind, block.text, retired=True) for block in left[:MAX_RETIRED]]


def unique(blocks: Iterable[Block]) -> list[Block]:
    """The blocks whose id is one of ours, each id once; those in the text before those that were gone."""
    seen: dict[str, Block] = {}
    for block in blocks:
        if ID.fullmatch(block.id):
            seen.setdefault(block.id, block)
    return sorted(seen.values(), key=lambda block: block.retired)


def fresh_id(taken: set[str]) -> str:
    while (made := "".join(secrets.choice(ALPHABET) for _ in range(8))) in taken:
        pass
    taken.add(made)
    return made


class Alignment:
    """The pairs found so far."""

    def __init__(self, new: Sequence[Piece], old: Sequence[Block]) -> None:
        self.new = new
        self.old = old
        self.to_old: dict[int, int] = {}
        self.to_new: dict[int, int] = {}

    def pair(self, n: int, j: int) -> None:
        self.to_old[n] = j
        self.to_new[j] = n

    def same_text(self) -> None:
        """Pair the same words: unique ones first, then along from what is paired, then repeated ones in order."""
        for by_kind in (True, False):
            places = self.open_places(by_kind)
            news = Counter(self.key(n, by_kind) for n in self.open_new())
            for n in self.open_new():
                found = places.get(self.key(n, by_kind), [])
                if len(found) == 1 and news[self.key(n, by_kind)] == 1:
                    self.pair(n, found[0])
            self.spread(1, by_kind)
            self.spread(-1, by_kind)
            places = self.open_places(by_kind)
            for found in places.values():
                found.reverse()
            for n in self.open_new():
                if found := places.get(self.key(n, by_kind), []):
                    self.pair(n, found.pop())

    def key(self, n: int, by_kind: bool) -> Piece:
        kind, text = self.new[n]
        return (kind if by_kind else "", text)

    def is_open(self, n: int, j: int) -> bool:
        """Whether neither side has its partner yet."""
        return n not in self.to_old and j not in self.to_new

    def open_new(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.to_old]

    def open_old(self) -> list[int]:
        return [j for j in range(len(self.old)) if j not in self.to_new]

    def open_places(self, by_kind: bool) -> dict[Piece, list[int]]:
        places: dict[Piece, list[int]] = {}
        for j in self.open_old():
            block = self.old[j]
            places.setdefault((block.kind if by_kind else "", block.text), []).append(j)
        return places

    def spread(self, step: int, by_kind: bool) -> None:
        """From each pair on, pair the neighbours that are the same too."""
        order = range(len(self.new)) if step > 0 else range(len(self.new) - 1, -1, -1)
        for n in order:
            j = self.to_old.get(n - step, -2) + step
            if n in self.to_old or j in self.to_new or not 0 <= j < len(self.old):
                continue
            if (self.old[j].kind if by_kind else "", self.old[j].text) == self.key(n, by_kind):
                self.pair(n, j)
