"""Which blocks are mostly the same: by their words, and by who stands beside them."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .alignment import Alignment

THRESHOLD = 0.5  # share of words in common
MARGIN = 0.1  # to the second best
NEIGHBOUR = 0.08  # for each neighbour that is where it was
OTHER_KIND = 0.15  # less, for a paragraph that was an item
RETIRED = 0.1  # less, for a block that was gone
WHOLE = 0.8  # share of words that two halves have in common with the whole
LETTERS = 0.6  # share of letters, for a block whose neighbours are all in place
RARE = 40  # a word in more blocks than this says nothing
ROUNDS = 4
WORD = re.compile(r"\w+")

Words = Counter[str]


def pair_similar(match: "Alignment") -> None:
    """Pair what is mostly the same, the surest first; each pair makes its neighbours surer."""
    new = {n: words_of(match.new[n][1]) for n in match.open_new()}
    old = {j: words_of(match.old[j].text) for j in match.open_old()}
    shares = candidates(match, new, old)
    pair_halves(match, shares, new, old)
    for _ in range(ROUNDS):
        if not pair_sure_ones(match, shares):
            return


def words_of(text: str) -> Words:
    return Counter(WORD.findall(text.lower()))


def overlap(one: Words, other: Words) -> float:
    """How many words two texts have in common, as a share of all."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def candidates(match: "Alignment", new: dict[int, Words], old: dict[int, Words]) -> dict[tuple[int, int], float]:
    """The share of common words of each new and old block that have rare words in common, or a neighbour."""
    places: dict[str, list[int]] = {}
    for j, words in old.items():
        for word in words:
            places.setdefault(word, []).append(j)
    found = {}
    for n, words in new.items():
        shared: Counter[int] = Counter()
        known = sorted((word for word in words if word in places), key=lambda word: len(places[word]))
        for word in known[:12]:
            if len(places[word]) <= RARE:
                shared.update(places[word])
        beside = match.to_old.get(n - 1, -2) + 1
        nearest = [j for j, _ in shared.most_common(6)] + ([beside] if beside in old else [])
        for j in nearest:
            share = overlap(words, old[j])
            if share >= THRESHOLD - 2 * NEIGHBOUR:
                found[n, j] = share
    return found


def pair_halves(
    match: "Alignment", shares: dict[tuple[int, int], float], new: dict[int, Words], old: dict[int, Words]
) -> None:
    """A block that was cut in two lives on in its larger half; two that were joined live on as the larger one."""
    for (n, j), share in shares.items():
        cut, joined = shares.get((n + 1, j), 0.0), shares.get((n, j + 1), 0.0)
        if cut and n + 1 not in match.to_old and is_whole(old[j], new[n] + new[n + 1], share, cut):
            heir = (n if share >= cut - MARGIN else n + 1, j)
        elif joined and j + 1 not in match.to_new and is_whole(new[n], old[j] + old[j + 1], share, joined):
            heir = (n, j if share >= joined - MARGIN else j + 1)
        else:
            continue
        if match.is_open(n, j):
            match.pair(*heir)


def is_whole(whole: Words, both: Words, *shares: float) -> bool:
    """Whether two texts together have the words of `whole`, and neither alone has nearly as many."""
    return overlap(whole, both) >= max(WHOLE, *(share + MARGIN for share in shares))


def pair_sure_ones(match: "Alignment", shares: dict[tuple[int, int], float]) -> bool:
    """One round; says whether it found any."""
    scored = [(score(match, n, j, share), n, j) for (n, j), share in shares.items() if match.is_open(n, j)]
    scored.sort(reverse=True)
    scores: dict[tuple[str, int], list[float]] = {}
    for value, n, j in scored:
        scores.setdefault(("new", n), []).append(value)
        scores.setdefault(("old", j), []).append(value)
    found = False
    for value, n, j in scored:
        if value < THRESHOLD or not match.is_open(n, j):
            continue
        if all(is_clear(scores[side], value) for side in (("new", n), ("old", j))):
            match.pair(n, j)
            found = True
    return found


def score(match: "Alignment", n: int, j: int, share: float) -> float:
    beside = (match.to_old.get(n - 1, -9) == j - 1) + (match.to_old.get(n + 1, -9) == j + 1)
    other_kind = OTHER_KIND if match.new[n][0] != match.old[j].kind else 0
    return share + NEIGHBOUR * beside - other_kind - (RETIRED if match.old[j].retired else 0)


def is_clear(scores: list[float], value: float) -> bool:
    """Whether `value` is the best of `scores`, which fall, and the next is well below."""
    return value == scores[0] and (len(scores) == 1 or scores[1] <= value - MARGIN)


def pair_lone(match: "Alignment") -> None:
    """A short block alone between the same neighbours as before, its letters much the same, is that block."""
    for n in match.open_new():
        j = match.to_old.get(n - 1, -1 if n == 0 else -9) + 1
        if j < 0 or j in match.to_new or match.to_old.get(n + 1) != j + 1:
            continue
        kind, text = match.new[n]
        block = match.old[j]
        if kind == block.kind and max(len(text), len(block.text)) <= 200 and alike(text, block.text):
            match.pair(n, j)


def alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() >= LETTERS
