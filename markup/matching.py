"""What two sequences have in common, in an amount of work that is counted, so that no text holds up a page."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

PAIRED_AT_MOST = 40_000  # pieces times pieces of a changed stretch that are each compared; beyond, in their order
LOOKED_AT = 80  # words of a piece
WORD = re.compile(r"<[^<>]*>|\w+")  # a tag is no word

Match = tuple[int, int, int]  # where in the old, where in the new, how many


class Spent(Exception):
    """The work allowed for was done."""


class Budget:
    """How many comparisons may still be made: more than ten million a second."""

    def __init__(self, comparisons: int = 8_000_000) -> None:
        self.left = comparisons

    def spend(self, comparisons: int) -> None:
        """Raises Spent when that is more than is left."""
        if comparisons > self.left:
            raise Spent
        self.left -= comparisons


class Counted(SequenceMatcher):
    """Raises Spent instead of taking long."""

    def __init__(self, a: Sequence[str], b: Sequence[str], budget: Budget) -> None:
        self.budget, self.old = budget, a
        super().__init__(None, a, b, autojunk=False)

    def find_longest_match(  # type: ignore[no-untyped-def]
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ):
        places = self.b2j  # type: ignore[attr-defined]
        self.budget.spend(sum(1 + len(places.get(item, ())) for item in self.old[alo:ahi]))
        return super().find_longest_match(alo, ahi, blo, bhi)


def matches(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Match]:
    """The stretches that are the same, in order, ending with an empty one at both ends. Where that would be too much
    work, only those around which nothing is alike."""
    start = common(old, new)
    end = common(old[start:][::-1], new[start:][::-1])
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    try:
        inner = [tuple(match) for match in Counted(a, b, budget).get_matching_blocks()][:-1]
    except Spent:
        inner = [(i, j, 1) for i, j in singular(a, b)]
    found = [(0, 0, start)] if start else []
    found += [(start + i, start + j, n) for i, j, n in inner]
    if end:
        found.append((len(old) - end, len(new) - end, end))
    return [*found, (len(old), len(new), 0)]


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many items both begin with."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def singular(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of pairs, rising on both sides, of what stands once here and once there."""
    counts_a, counts_b = Counter(a), Counter(b)
    places = {item: j for j, item in enumerate(b) if counts_b[item] == 1}
    pairs = [(i, places[item]) for i, item in enumerate(a) if counts_a[item] == 1 and item in places]
    ends: list[int] = []  # of a run of each length, the smallest place it can end at
    last: list[int] = []  # the pair that run ends with
    before: list[int] = []  # for each pair, the one before it in its run
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        ends[at : at + 1], last[at : at + 1] = [j], [n]
        before.append(last[at - 1] if at else -1)
    run, n = [], last[-1] if last else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def stretches(
    old: Sequence[str], new: Sequence[str], budget: Budget, *, least: float = 0.0
) -> Iterator[tuple[int | None, int | None]]:
    """Place in the old and in the new of each piece, in order: the same on both sides, or changed; None where it has
    no other side. What has less than `least` of its words in common is no other side."""
    i = j = 0
    for a, b, size in matches(old, new, budget):
        for x, y in pair_changed(old[i:a], new[j:b], least):
            yield (None if x is None else i + x), (None if y is None else j + y)
        yield from ((a + n, b + n) for n in range(size))
        i, j = a + size, b + size


def pair_changed(old: Sequence[str], new: Sequence[str], least: float) -> Iterator[tuple[int | None, int | None]]:
    """Pairs, in order, of those that have the most words in common; with `least` 0 as many as can be."""
    i = j = 0
    for x, y in [*pairs_of_like(old, new, least), (len(old), len(new))]:
        yield from ((n, None) for n in range(i, x))
        yield from ((None, n) for n in range(j, y))
        if x < len(old):
            yield x, y
        i, j = x + 1, y + 1


def pairs_of_like(old: Sequence[str], new: Sequence[str], least: float) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    words_old, words_new = ([words_of(text) for text in side] for side in (old, new))
    if len(old) * len(new) > PAIRED_AT_MOST:
        side_by_side = enumerate(zip(words_old, words_new, strict=False))
        return [(n, n) for n, (a, b) in side_by_side if likeness(a, b, least)]
    like = [[likeness(a, b, least) for b in words_new] for a in words_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what comes after both
    for x in range(len(old) - 1, -1, -1):
        for y in range(len(new) - 1, -1, -1):
            best[x][y] = max(like[x][y] + best[x + 1][y + 1], best[x + 1][y], best[x][y + 1])
    found = []
    x = y = 0
    while x < len(old) and y < len(new):
        if like[x][y] and best[x][y] == like[x][y] + best[x + 1][y + 1]:
            found.append((x, y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found


def words_of(text: str) -> set[str]:
    return {word for word in WORD.findall(text)[:LOOKED_AT] if word[0] != "<"}


def likeness(a: set[str], b: set[str], least: float) -> float:
    """The share of words that two pieces have in common; 0 is no pair."""
    share = 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
    return share + 0.01 if share >= least else 0.0
