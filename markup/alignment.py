"""Which block of a text is which block of the text as it was.

First the same words, then words that are mostly the same. A block that could be one of two is nobody: a
conversation that is let go can be hung up again by hand, one at the wrong paragraph misleads its readers.
"""

import re
import secrets
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from .rendered import Block

MAX_RETIRED = 200
THRESHOLD = 0.5  # share of words in common
MARGIN = 0.1  # to the second best
NEIGHBOUR = 0.08  # for each neighbour that is where it was
OTHER_KIND = 0.15  # less, for a paragraph that was an item
RETIRED = 0.1  # less, for a block that was gone
RARE = 40  # a word in more blocks than this says nothing
ROUNDS = 4
ALPHABET = string.ascii_lowercase + string.digits
ID = re.compile(r"[a-z0-9]{8}")
WORD = re.compile(r"\w+")

Piece = tuple[str, str]  # kind, text


def align(new: Sequence[Piece], previous: Sequence[Block]) -> tuple[list[str], list[Block]]:
    """The ids of the `new` blocks, and the blocks that have no place in the text now, newest first."""
    old = unique(previous)
    match = Alignment(new, old)
    match.same_text()
    match.similar_text()
    match.lone_gaps()
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

    def similar_text(self) -> None:
        """Pair what is mostly the same, the surest first; a pair makes its neighbours surer."""
        candidates = self.candidates()
        for _ in range(ROUNDS):
            if not self.pair_sure_ones(candidates):
                return

    def candidates(self) -> list[tuple[float, int, int]]:
        """(share of common words, new, old) of those that have rare words in common."""
        words = {j: Counter(WORD.findall(self.old[j].text.lower())) for j in self.open_old()}
        places: dict[str, list[int]] = {}
        for j, counted in words.items():
            for word in counted:
                places.setdefault(word, []).append(j)
        found = []
        for n in self.open_new():
            counted = Counter(WORD.findall(self.new[n][1].lower()))
            shared: Counter[int] = Counter()
            known = sorted((word for word in counted if word in places), key=lambda word: len(places[word]))
            for word in known[:12]:
                if len(places[word]) <= RARE:
                    shared.update(places[word])
            beside = self.to_old.get(n - 1, -2) + 1
            nearest = [j for j, _ in shared.most_common(6)] + ([beside] if beside in words else [])
            for j in dict.fromkeys(nearest):
                share = overlap(counted, words[j])
                if share >= THRESHOLD - 2 * NEIGHBOUR:
                    found.append((share, n, j))
        return found

    def pair_sure_ones(self, candidates: list[tuple[float, int, int]]) -> bool:
        scored = sorted(
            ((self.score(share, n, j), n, j) for share, n, j in candidates if self.is_open(n, j)), reverse=True
        )
        best: dict[tuple[str, int], list[float]] = {}
        for score, n, j in scored:
            best.setdefault(("new", n), []).append(score)
            best.setdefault(("old", j), []).append(score)
        found = False
        for score, n, j in scored:
            if score < THRESHOLD or not self.is_open(n, j):
                continue
            if all(is_clear(best[side], score) for side in (("new", n), ("old", j))):
                self.pair(n, j)
                found = True
        return found

    def is_open(self, n: int, j: int) -> bool:
        return n not in self.to_old and j not in self.to_new

    def score(self, share: float, n: int, j: int) -> float:
        near = (self.to_old.get(n - 1, -9) == j - 1) + (self.to_old.get(n + 1, -9) == j + 1)
        kind = OTHER_KIND if self.new[n][0] != self.old[j].kind else 0
        return share + NEIGHBOUR * near - kind - (RETIRED if self.old[j].retired else 0)

    def lone_gaps(self) -> None:
        """A short block alone between the same neighbours as before, its letters much the same, is that block."""
        for n in self.open_new():
            before = self.to_old.get(n - 1, -1 if n == 0 else -9)
            after = self.to_old.get(n + 1, -9)
            j = before + 1
            if after != before + 2 or j in self.to_new or j < 0:
                continue
            kind, text = self.new[n]
            block = self.old[j]
            if kind == block.kind and max(len(text), len(block.text)) <= 200 and alike(text, block.text):
                self.pair(n, j)


def is_clear(scores: list[float], score: float) -> bool:
    """Whether `score` is the best of `scores`, which fall, and the next is well below."""
    return score == scores[0] and (len(scores) == 1 or scores[1] <= score - MARGIN)


def alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() >= 0.6


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """How many words two texts have in common, as a share of all."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
