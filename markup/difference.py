"""What changed between two texts: word by word where that is little work, else piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import sanitise
from .matching import Budget, matches, stretches
from .paragraphs import Paragraph, cut

WORD = re.compile(r"\s+|\w+|[^\w\s]")
TOKEN = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>|&#?\w{1,31};|\s+|\w+|[^\w\s]')
VOID = re.compile(r"<(?:br|hr|img|input)\b")
NAME = re.compile(r"</?(\w+)")
SHOWS_ITSELF = re.compile(r"<(?:img|input)\b")
ALIKE = 0.3  # share of words that a changed paragraph keeps; with less it is another one

Piece = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """A paragraph or element: `kind` is "" where it stayed, "edit", "ins" where it was put in, "del" where it was taken
    out. As it was typed it has `pieces`; rendered, safe `html`."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    html: str = ""


def words_changed(old: str, new: str, budget: Budget | None = None) -> list[Piece]:
    """Pieces of both texts in order: ("", kept), ("del", taken out), ("ins", put in). Where the changed middle is
    too much to compare, it is taken out and put in as a whole."""
    before, after = WORD.findall(old), WORD.findall(new)
    pieces: list[Piece] = []
    for out, put, kept in runs(before, after, budget or Budget()):
        pieces += [("del", "".join(out)), ("ins", "".join(put)), ("", "".join(kept))]
    return [piece for piece in pieces if piece[1]]


def runs(old: list[str], new: list[str], budget: Budget) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """What was taken out, what was put in there, and what stayed after it; and so on to the end."""
    i = j = 0
    for a, b, size in matches(old, new, budget):
        yield old[i:a], new[j:b], new[b : b + size]
        i, j = a + size, b + size


def text_changed(old: str, new: str) -> list[Change]:
    """The paragraphs of both texts as they were typed, in order. Within a bounded amount of work by word; what comes
    after that, by paragraph."""
    before, after = (laid_out(*cut(text)) for text in (old, new))
    budget, found = Budget(), []
    for i, j in stretches([text for _, text in before], [text for _, text in after], budget, least=ALIKE):
        if i is None or j is None:
            kind, (lead, text) = ("ins", after[j]) if i is None else ("del", before[i])  # type: ignore[index]
            pieces = [(kind, text)]
        else:
            lead, text = after[j]
            kind = "" if before[i][1] == text else "edit"
            pieces = words_changed(before[i][1], text, budget) if kind else [("", text)]
        found.append(Change(kind, pieces=[("", lead), *pieces] if lead else pieces))
    return found


def laid_out(paragraphs: list[Paragraph], tail: str) -> list[Piece]:
    """Lead and text of each, as they are shown one below the other: of blank lines one."""
    return [("\n" if paragraph.lead.count("\n") > 1 else "", paragraph.text) for paragraph in paragraphs]


def html_changed(old: str, new: str) -> list[Change]:
    """The elements of two rendered texts, in order, safe and without ids. Bounded as `text_changed` is."""
    before, after = (elements(sanitise.without_ids(html)) for html in (old, new))
    budget, found = Budget(), []
    for i, j in stretches(before, after, budget, least=ALIKE):
        if i is None or j is None:
            kind, html = ("ins", after[j]) if i is None else ("del", before[i])  # type: ignore[index]
            found.append(Change(kind, html=sanitise.compared(f"<{kind}>{html}</{kind}>")))
        elif before[i] == after[j]:
            found.append(Change("", html=after[j]))
        else:
            found.append(Change("edit", html=sanitise.compared(element_changed(before[i], after[j], budget))))
    return found


def elements(html: str) -> list[str]:
    """The elements that stand side by side in `html`, without what stands between."""
    found, inside, depth = [], [""][:0], 0
    for token in TOKEN.findall(html):
        if not depth and token.isspace():
            continue
        inside.append(token)
        if token.startswith("</"):
            depth -= 1
        elif token.startswith("<") and not VOID.match(token):
            depth += 1
        if depth <= 0:
            found.append("".join(inside))
            inside, depth = [], 0
    return found + (["".join(inside)] if inside else [])


def element_changed(old: str, new: str, budget: Budget) -> str:
    """The new element with what was taken out marked in it. Tags that would not fit there are left out."""
    html = []
    for out, put, kept in slid(runs(TOKEN.findall(old), TOKEN.findall(new), budget)):
        html.append(marked(out if is_balanced(out) else without_tags(out), "del"))
        html.append(marked(put, "ins") + "".join(kept))
    return "".join(html)


def slid(
    found: Iterator[tuple[list[str], list[str], list[str]]],
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Runs that take out or put in whole elements, where they began one tag too late: `a</li><li>` after `<li>`."""
    held: list[str] = []  # what stayed before
    for out, put, kept in found:
        run = out or put
        if not (out and put):
            while run and held and held[-1] == run[-1] and run[-1].startswith("<") and not run[-1].startswith("</"):
                kept = [run.pop(), *kept]
                run.insert(0, held.pop())
        yield [], [], held
        yield out, put, []
        held = kept
    yield [], [], held


def marked(tokens: list[str], kind: str) -> str:
    """The words among `tokens` as taken out or put in; tags stay around them."""
    html, words = [], [""][:0]
    for token in [*tokens, "</>"]:
        if not token.startswith("<") or SHOWS_ITSELF.match(token):
            words.append(token)
            continue
        if words:
            run = "".join(words)
            html.append(f"<{kind}>{run}</{kind}>" if run.strip() else run)
            words = []
        html.append(token)
    return "".join(html[:-1])


def without_tags(tokens: list[str]) -> list[str]:
    return [token if not token.startswith("<") or SHOWS_ITSELF.match(token) else " " for token in tokens]


def is_balanced(tokens: list[str]) -> bool:
    """Whether each element that begins among `tokens` ends among them, and the other way round."""
    begun: list[str] = []
    for token in tokens:
        name = NAME.match(token)
        if not name or VOID.match(token):
            continue
        if not token.startswith("</"):
            begun.append(name[1])
        elif not begun or begun.pop() != name[1]:
            return False
    return not begun
