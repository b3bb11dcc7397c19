"""What changed from one version of a page to another."""

from collections.abc import Callable
from dataclasses import dataclass

from markup import Change, html_changed, text_changed

from .revision import Revision

BESIDE = 1  # unchanged paragraphs shown before and after a change


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
    rows: list[Change | None] = []
    for n, change in enumerate(changes):
        if n in near:
            rows.append(change)
        elif not rows or rows[-1] is not None:
            rows.append(None)
    return rows
