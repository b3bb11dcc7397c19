"""What stayed between the changes of a long text, folded away."""

from collections.abc import Sequence
from dataclasses import dataclass

from .difference import Change

LEFT_AROUND = 1  # what stayed beside a change, to see where it stands
FOLDED_FROM = 2  # of what is further away


@dataclass(frozen=True)
class Passage:
    """Neighbours in a text. A folded one holds what stayed."""

    changes: list[Change]
    is_folded: bool = False


def passages(changes: Sequence[Change]) -> list[Passage]:
    """All of `changes`, in order, what is far from any change in folded passages. A text without a change is one
    that is not folded."""
    near = {n + d for n, change in enumerate(changes) if change.kind for d in range(-LEFT_AROUND, LEFT_AROUND + 1)}
    found: list[Passage] = []
    for n, change in enumerate(changes):
        is_far = bool(near) and n not in near
        if found and found[-1].is_folded == is_far:
            found[-1].changes.append(change)
        else:
            found.append(Passage([change], is_far))
    return joined(found)


def joined(found: list[Passage]) -> list[Passage]:
    """Without folds that would hide too little to be worth a click."""
    shown: list[Passage] = []
    for passage in found:
        is_folded = passage.is_folded and len(passage.changes) >= FOLDED_FROM
        if shown and not is_folded and not shown[-1].is_folded:
            shown[-1].changes.extend(passage.changes)
        else:
            shown.append(Passage(passage.changes, is_folded))
    return shown
