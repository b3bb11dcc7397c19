"""What stands in a line: Python-Markdown's inline patterns, with a guard in front.

Its patterns for brackets look ahead to the end of the text from each bracket, which is quadratic. So `hush` reads
the text once, in linear time, and hides from the patterns what can't mean anything: brackets without a partner or
too deep, what stands behind a backslash, entities, code. Hidden characters are written as Python-Markdown's own
"STX number ETX", which it turns back at the end.
"""

import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from markdown.util import ETX, STX

from .source import CONTROLS

if TYPE_CHECKING:
    from .context import Context

MAX_BRACKETS = 4  # in each other; the outer ones of more are text
MAX_STARS = 20  # open at once; more are text
MAX_RUN = 12  # stars in a row; a longer run is text
MAX_CODES = 3_000  # code spans in a text; more are text
MAX_RUNS = 3_000  # runs of stars in a text; more are text
PIECE = re.compile(
    r"\\[!-/:-@\[-`{-~]|(`+)|[\[\]]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\*+|_+"
)
CODE_TOKEN = re.compile(f"{STX}c(\\d+){ETX}")
HIDDEN = re.compile(f"{STX}(\\d+){ETX}")
BREAK = "\x0b"  # a hard line break; a space to all patterns, and never typed, as `source` drops it


def hide(text: str) -> str:
    """`text` in a form that no pattern sees."""
    return "".join(f"{STX}{ord(character)}{ETX}" for character in text)


def hush(lines: list[str], context: "Context") -> str:
    """The words of a paragraph, ready for the inline patterns."""
    return guard(join(lines, keep_breaks=not context.profile.has_blocks), context)


def join(lines: list[str], *, keep_breaks: bool) -> str:
    pieces = []
    for line in lines[:-1]:
        bare = line.strip()
        hard = line.endswith("  ") or (bare.endswith("\\") and not bare.endswith("\\\\"))
        pieces.append((bare[:-1] if bare.endswith("\\") and hard else bare) + (BREAK if hard or keep_breaks else "\n"))
    return "".join([*pieces, lines[-1].strip()])


def guard(text: str, context: "Context") -> str:
    """Hide what the patterns must not see."""
    runs = code_runs(text) if "`" in text else {}
    pieces: list[str] = []
    brackets, stars = Brackets(pieces), Stars(context)
    position = 0
    while match := PIECE.search(text, position):
        start, end, word = match.start(), match.end(), match[0]
        pieces.append(text[position:start])
        first = word[0]
        if first == "`":
            end = put_code(text, word, end, runs, pieces, context.codes)
        elif first in "[]":
            brackets.put(word)
        elif first == "\\":
            pieces.append(hide(word[1]))
        elif first == "&":
            pieces.append(hide(entity(word)))
        else:
            pieces.append(stars.shown(word, text[start - 1 : start], text[end : end + 1]))
        position = end
    pieces.append(text[position:])
    brackets.hide_open_ones()
    return "".join(pieces)


class Brackets:
    """Puts brackets among the pieces and hides those that have no partner, or too many within."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.open: list[list[int]] = []  # of each: where it is, how many levels stand within

    def put(self, word: str) -> None:
        """Add a bracket to the pieces."""
        self.pieces.append(word)
        here = len(self.pieces) - 1
        if word == "[":
            self.open.append([here, 0])
        elif not self.open:
            self.pieces[here] = hide("]")
        else:
            opening, height = self.open.pop()
            if height >= MAX_BRACKETS:
                self.pieces[opening], self.pieces[here] = hide("["), hide("]")
            if self.open:
                self.open[-1][1] = max(self.open[-1][1], height + 1)

    def hide_open_ones(self) -> None:
        """Hide the brackets that were never closed."""
        for opening, _ in self.open:
            self.pieces[opening] = hide("[")


class Stars:
    """Hides runs of stars, and of underscores, where there are too many for the pattern that pairs them."""

    def __init__(self, context: "Context") -> None:
        self.context = context
        self.open = 0

    def shown(self, word: str, before: str, after: str) -> str:
        """How a run between the characters `before` and `after` is written."""
        self.context.stars += 1
        if len(word) > MAX_RUN or self.context.stars > MAX_RUNS:
            return hide(word)
        if self.open and before and not before.isspace():
            self.open -= 1
        elif after and not after.isspace():
            if self.open >= MAX_STARS:
                return hide(word)
            self.open += 1
        return word


def code_runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks of each length start."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs


def put_code(text: str, ticks: str, end: int, runs: dict[int, list[int]], pieces: list[str], codes: list[str]) -> int:
    """Put a code span's token among the pieces, or the backticks as they are; says where the text goes on."""
    places = runs.get(len(ticks), [])
    i = bisect_left(places, end)
    if i == len(places) or len(codes) >= MAX_CODES:
        pieces.append(hide(ticks))
        return end
    code = text[end : places[i]].replace(BREAK, " ").replace("\n", " ")
    if code.strip() and code[0] == code[-1] == " ":
        code = code[1:-1]
    pieces.append(f"{STX}c{len(codes)}{ETX}")
    codes.append(code)
    return places[i] + len(ticks)


def entity(word: str) -> str:
    """The character that an entity stands for, or the entity as typed where it is none that can be shown."""
    value = html.unescape(word)
    return value if value and not CONTROLS.search(value) else word


def reveal(text: str, codes: list[str]) -> str:
    """What was hidden, as plain words."""
    text = CODE_TOKEN.sub(lambda match: codes[int(match[1])], text)
    return HIDDEN.sub(lambda match: chr(int(match[1])), text)
