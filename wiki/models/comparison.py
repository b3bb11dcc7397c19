"""What changed from one version of a page to another."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from markup import Change, html_changed, text_changed
from markup.difference import Piece

from .revision import Revision

BESIDE = 1  # unchanged paragraphs shown before and after a change
ROWS_AT_MOST = 400  # more, and changes that follow one another are drawn as one


@dataclass(frozen=True)
class Comparison:
    """Of two versions: `rows` are the changes and what stands beside them, with None where more was left out."""

    older: Revision
    newer: Revision
    rows: list[Change | None]

    @property
    def has_changes(self) -> bool:
        return any(row and row.kind for row in self.rows)


def compare(older: Revision, newer: Revision, draw: Callable[[str], str] | None) -> Comparison:
    """As their texts were typed; with `draw`, which renders a text, as they read. Bounded: see markup.difference."""
    changes = html_changed(draw(older.source), draw(newer.source)) if draw else text_changed(older.source, newer.source)
    return Comparison(older, newer, rows_of(changes))


def rows_of(changes: list[Change]) -> list[Change | None]:
    near = {n + d for n, change in enumerate(changes) if change.kind for d in range(-BESIDE, BESIDE + 1)}
    if len(near) > ROWS_AT_MOST:
        changes = [joined(list(run)) for _, run in groupby(changes, key=lambda change: bool(change.kind))]
        changes = changes if len(changes) <= ROWS_AT_MOST else [joined(changes)]
        near = set(range(len(changes)))
    rows: list[Change | None] = []
    for n, change in enumerate(changes):
        if n in near:
            rows.append(change)
        elif not rows or rows[-1] is not None:
            rows.append(None)
    return rows


def joined(run: list[Change]) -> Change:
    """Changes that follow one another, as one."""
    pieces: list[Piece] = []
    for change in run:
        if pieces and change.pieces:
            before, after = pieces[-1][0], change.pieces[0][0]  # a line between two that went is gone with them
            pieces.append((before if before == after else "", "\n"))
        pieces += change.pieces
    kinds = groupby(pieces, key=lambda piece: piece[0])
    words = [(kind, "".join(words for _, words in same)) for kind, same in kinds]
    return Change("edit" if any(change.kind for change in run) else "", words, "".join(each.html for each in run))
