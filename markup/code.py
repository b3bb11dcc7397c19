"""Code blocks: read as typed, coloured by Pygments."""

from time import thread_time
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token

from .shapes import closes, fence_of, indent_of

if TYPE_CHECKING:
    from .context import Context
    from .reading import Reader

NAMES = (
    "bash c console cpp css diff go html ini java javascript js json kotlin lua make makefile perl php python py r ruby"
    " rust scss sh shell sql swift toml ts typescript xml yaml yml"
)
LANGUAGES = frozenset(NAMES.split())
MAX_COLOURED = 12_000  # characters of code in a text that are coloured
MAX_SECONDS = 0.2  # of CPU for colouring a text: some lexers look ahead to the end from every line
MAX_LINE = 400  # a longer line is data, not something to read
Piece = tuple[Any, str]  # a Pygments token type and its text
CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)


def fenced(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    opening = fence_of(lines[start])
    if not opening or len(opening[1]) > 3:
        return None
    stop = start + 1
    while stop < len(lines) and not closes(lines[stop], opening[2]):
        stop += 1
    body = [line[min(indent_of(line), len(opening[1])) :] for line in lines[start + 1 : stop]]
    put(reader.context, parent, body, language_of(opening[3]))
    return stop + 1


def indented(reader: "Reader", lines: list[str], start: int, parent: Element, depth: int) -> int | None:
    stop = start
    while stop < len(lines) and (indent_of(lines[stop]) >= 4 or not lines[stop].strip()):
        stop += 1
    if stop == start:
        return None
    body = [line[4:] for line in lines[start:stop]]
    while not body[-1].strip():
        body.pop()
    put(reader.context, parent, body, "")
    return stop


def put(context: "Context", parent: Element, body: list[str], language: str) -> None:
    """Add an empty code block; `fill` gives it its text when the inline patterns have run."""
    SubElement(parent, "pre", {"class": "code", "tabindex": "0", "n": str(len(context.fences))})
    context.fences.append((language, "\n".join(body) + "\n"))


def language_of(info: str) -> str:
    """The language that an opening fence names: `python`, `{.python}`, `{r, echo=FALSE}`."""
    words = info[:80].strip(" {}.").replace(",", " ").replace("}", " ").split()
    return words[0].lower() if words else ""


def fill(root: Element, context: "Context") -> None:
    """Put the code into the code blocks, coloured as long as there is effort left for it."""
    left = MAX_COLOURED
    deadline = thread_time() + MAX_SECONDS
    for pre in root.iter("pre"):
        language, text = context.fences[int(pre.attrib.pop("n"))]
        tokens: list[Piece] | None = None
        if language in LANGUAGES and len(text) <= left and max(map(len, text.split("\n"))) <= MAX_LINE:
            left -= len(text)
            tokens = tokens_of(text, language, deadline)
        put_tokens(SubElement(pre, "code"), tokens or [(Token.Text, text)])


def tokens_of(text: str, language: str, deadline: float) -> list[Piece] | None:
    """The tokens of a piece of code, or None if they are not found before `deadline`."""
    found: list[Piece] = []
    for token, value in get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens(text):
        if thread_time() > deadline:
            return None
        kind = token if value.strip() else Token.Text
        if found and found[-1][0] is kind:
            found[-1] = (kind, found[-1][1] + value)
        else:
            found.append((kind, value))
    return found


def put_tokens(code: Element, tokens: list[Piece]) -> None:
    """Add the tokens to `code`, each in a span with Pygments' class."""
    last: Element | None = None
    for token, value in tokens:
        name = STANDARD_TYPES.get(token, "")
        if name in CLASSES and token is not Token.Error:
            last = SubElement(code, "span", {"class": name})
            last.text = value
        elif last is None:
            code.text = (code.text or "") + value
        else:
            last.tail = (last.tail or "") + value
