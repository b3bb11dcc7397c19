"""Two people's changes of one text, brought together paragraph by paragraph.

merge3, which merges by line, sees a conflict wherever two changes touch, and where both add something at the same
place. Here the paragraphs of each side are first paired with those of the base; what remains to be decided is each
paragraph alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from .matching import Budget, stretches
from .paragraphs import Paragraph, cut


@dataclass(frozen=True)
class Conflict:
    """A paragraph that both changed. Without words it was taken out."""

    number: int
    lead: str
    base: str
    theirs: str
    mine: str

    @property
    def both(self) -> str:
        """Theirs and then mine, apart from each other as they are from what stands before."""
        between = "\n" if self.lead == "\n" else "\n\n"
        return between.join(text for text in (self.theirs, self.mine) if text)


@dataclass(frozen=True)
class Merge:
    """Both sides' paragraphs, and the conflicts among them."""

    parts: list[Paragraph | Conflict]
    tail: str = ""

    @property
    def conflicts(self) -> list[Conflict]:
        return [part for part in self.parts if isinstance(part, Conflict)]

    def text(self, choose: Callable[[Conflict], str] = lambda conflict: conflict.both) -> str:
        """The whole, with what `choose` says in the place of each conflict."""
        whole: list[str] = []
        for part in self.parts:
            words = choose(part) if isinstance(part, Conflict) else part.text
            if isinstance(part, Conflict) and not words:
                continue
            apart = "\n\n" if whole and "\n" not in part.lead else part.lead
            whole.append(apart + words)
        return "".join(whole) + self.tail


@dataclass
class Side:
    """What became of each paragraph of the base, and what was put in before each of them and after the last."""

    tail: str
    now: list[Paragraph | None]
    put_in: list[list[Paragraph]] = field(default_factory=list)


def merge(base: str, theirs: str, mine: str) -> Merge:
    """What `theirs` and `mine` both changed in `base`, as one. What both put in at one place stands one after the
    other, theirs first. Work is linear but for a bounded amount."""
    paragraphs, tail = cut(base)
    a, b = side(paragraphs, theirs), side(paragraphs, mine)
    parts: list[Paragraph | Conflict] = []
    conflicts = 0
    for n in range(len(paragraphs) + 1):
        parts += a.put_in[n]
        parts += added(a.put_in[n], b.put_in[n])
        if n == len(paragraphs):
            break
        part = decided(paragraphs[n], a.now[n], b.now[n], conflicts)
        conflicts += isinstance(part, Conflict)
        parts += [part] if part else []
    return Merge(parts, settled(tail, a.tail, b.tail))


def side(base: list[Paragraph], text: str) -> Side:
    paragraphs, tail = cut(text)
    found = Side(tail, [None] * len(base), [[] for _ in range(len(base) + 1)])
    here = 0  # paragraphs of the base passed
    old, new = ([paragraph.text for paragraph in each] for each in (base, paragraphs))
    for i, j in stretches(old, new, Budget()):
        if i is None and j is not None:
            found.put_in[here].append(paragraphs[j])
        elif i is not None:
            found.now[i] = None if j is None else paragraphs[j]
            here = i + 1
    return found


def added(theirs: list[Paragraph], mine: list[Paragraph]) -> list[Paragraph]:
    """What I put in and they did not."""
    there = [paragraph.text for paragraph in theirs]
    left = []
    for paragraph in mine:
        if paragraph.text in there:
            there.remove(paragraph.text)
        else:
            left.append(paragraph)
    return left


def decided(
    base: Paragraph, theirs: Paragraph | None, mine: Paragraph | None, number: int
) -> Paragraph | Conflict | None:
    """One paragraph; None when it was taken out."""
    old, a, b = base.text, theirs.text if theirs else "", mine.text if mine else ""
    lead = settled(base.lead, (theirs or mine or base).lead, (mine or theirs or base).lead)
    if a != b and old not in (a, b):
        return Conflict(number, lead, old, a, b)
    words = b if a == old else a
    return Paragraph(lead, words) if words else None


def settled(base: str, theirs: str, mine: str) -> str:
    """The white space at one place: the changed one, or else the larger."""
    if theirs == base or mine == base:
        return mine if theirs == base else theirs
    return max(theirs, mine, key=len)
