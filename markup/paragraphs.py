"""A text cut into pieces that people change one at a time: paragraphs, headings, items, rows, code as a whole.

Unlike blocks these are pieces of what was typed, and put together again they are exactly that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .shapes import CLOSER, ITEM, OPENER, QUOTE, fence_of, heading_of, is_rule
from .source import with_fences

LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Paragraph:
    """`lead` is what stands between the one before and this one: ends of lines, and blank lines."""

    lead: str
    text: str


def cut(text: str) -> tuple[list[Paragraph], str]:
    """The paragraphs of `text`, and the white space after the last one."""
    found: list[Paragraph] = []
    lead, lines = "", [""][:0]
    for line, is_blank, is_first in marked(LINE.findall(text)):
        if lines and (is_blank or is_first):
            lead = close(found, lead, lines)
            lines = []
        if is_blank:
            lead += line
        else:
            lines.append(line)
    if lines:
        lead = close(found, lead, lines)
    return found, lead


def close(found: list[Paragraph], lead: str, lines: list[str]) -> str:
    """Add the paragraph of `lines`; the end of its last line belongs to the lead of the next one."""
    text = "".join(lines)
    end = "\n" if text.endswith("\n") else ""
    found.append(Paragraph(lead, text.removesuffix("\n")))
    return end


def marked(lines: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """Each line, whether it is blank, and whether a paragraph begins with it for what it is."""
    was_code = was_alone = was_quote = False
    for line, is_code in with_fences(lines):
        bare = line.rstrip("\n")
        is_quote = bool(QUOTE.match(bare)) and not is_code
        is_first = not is_code and (was_code or was_alone or begins(bare) or (is_quote and not was_quote))
        yield line, not is_code and not bare.strip(), is_first
        was_code, was_quote, was_alone = is_code, is_quote, not is_code and stands_alone(bare)


def begins(line: str) -> bool:
    """Whether a line begins something new, whatever stands above it."""
    return bool(ITEM.match(line) or line.lstrip().startswith("|") or fence_of(line) or stands_alone(line))


def stands_alone(line: str) -> bool:
    """Whether a line is something by itself. Without a blank before it, dashes may make a heading of the line above."""
    return bool(heading_of(line) or OPENER.match(line) or CLOSER.match(line) or (is_rule(line) and "-" not in line))
