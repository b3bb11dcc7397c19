"""A text as it was typed, made ready to be read line by line."""

import re
from collections.abc import Iterator

from .shapes import closes, fence_of

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
COMMENT_OR_CODE = re.compile(r"<!--|(?<!`)(`{1,20})(?!`)[^`\n]{0,2000}(?<!`)\1(?!`)")


def to_lines(source: str) -> list[str]:
    """The lines of `source` without control characters and comments.

    Tabs in front of a line are spaces from here on, except in fenced code.
    """
    text = CONTROLS.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    if "<!--" in text and "-->" in text:
        text = "\n".join(without_comments(text))
    return [expanded(line, in_code) for line, in_code in with_fences(text.split("\n"))]


def expanded(line: str, in_code: bool) -> str:
    if in_code or "\t" not in line:
        return line
    bare = line.lstrip(" \t")
    head = line[: len(line) - len(bare)].expandtabs(4)
    if bare[:2] in ("-\t", "*\t", "+\t"):
        bare = bare.replace("\t", "   ", 1)
    return head + bare


def with_fences(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stands within fenced code."""
    fence = ""
    for line in lines:
        if fence:
            yield line, True
            fence = "" if closes(line, fence) else fence
        else:
            match = fence_of(line.lstrip("\t >-*+"))
            fence = match[2] if match else ""
            yield line, False


def without_comments(text: str) -> Iterator[str]:
    """The lines of `text` without HTML comments. Comments in code stay, and so does one that is never closed."""
    last_close = text.rfind("-->")
    position = 0
    open_comment = False
    for line, in_code in with_fences(text.split("\n")):
        kept, start = [], 0
        while not in_code or open_comment:
            if open_comment:
                end = line.find("-->", start)
                if end < 0:
                    start = len(line)
                    break
                start, open_comment = end + 3, False
                continue
            found = next((m for m in COMMENT_OR_CODE.finditer(line, start) if not m[1]), None)
            if not found or position + found.end() > last_close:
                break
            kept.append(line[start : found.start()])
            start, open_comment = found.end(), True
        kept.append(line[start:])
        position += len(line) + 1
        yield "".join(kept)
