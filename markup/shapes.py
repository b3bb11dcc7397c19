"""The shapes of lines. Each pattern is tried on one line and takes time linear in its length."""

import re

FENCE = re.compile(r"( *)(`{3,}|~{3,})(.*)", re.S)
OPENER = re.compile(r" {0,3}:{3,} *(?:\{ *\.?([A-Za-z][\w-]{0,40})[^}]{0,200}\}|([A-Za-z][\w-]{0,40}))(.*)", re.S)
CLOSER = re.compile(r" {0,3}:{3,} *$")
LAID = re.compile(r" {0,3}::page\{([^{}]{1,400})\} *$")
COLLECTED = re.compile(r" {0,3}::collection\{ *([1-9]\d{0,8}) *\} *$")
HEADING = re.compile(r" {0,3}(#{1,6})(?: +(.*)|$)", re.S)
QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r"( *)([-+*]|\d{1,9}[.)])( +(?=\S)| *$)")
DEFINITION = re.compile(r" {0,3}: +(?=\S)")
NOTE = re.compile(r" {0,3}\[\^([^\]\s\x00-\x1f]{1,50})\]: *")
REFERENCE = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]: *(?:<([^<>]{1,2000})>|([^\s<>]{1,2000}))"
    r"(?: +(\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))? *$"
)
DIVIDER = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
HEADING_ATTRIBUTES = re.compile(r"\{[#.:][^{}]{0,200}\}$")
GRID = re.compile(r" {0,3}\+(?:[-=]+\+)+ *$")
LETTER = re.compile(r"[^\W\d_]")


def indent_of(line: str) -> int:
    """How many spaces the line starts with."""
    return len(line) - len(line.lstrip(" "))


def is_rule(line: str) -> bool:
    """Whether the line is a thematic break: three or more of one of `-*_`."""
    bare = line.replace(" ", "")
    return len(bare) > 2 and bare[0] in "-*_" and bare.count(bare[0]) == len(bare) and indent_of(line) < 4


def fence_of(line: str) -> re.Match[str] | None:
    """The match of a line that opens a fenced code block."""
    match = FENCE.match(line)
    if match and match[2][0] == "`" and "`" in match[3]:
        return None
    return match


def closes(line: str, fence: str) -> bool:
    """Whether the line closes a code block that `fence` opened."""
    bare = line.strip()
    return len(bare) >= len(fence) and bare.count(fence[0]) == len(bare)


def heading_of(line: str) -> tuple[int, str] | None:
    """Level and text of a heading line. One without words is no heading: it would be an empty place to jump to."""
    match = HEADING.match(line)
    if not match or not match[2]:
        return None
    text = match[2].rstrip()
    bare = text.rstrip("#")
    if bare.endswith(" ") or not bare:
        text = bare.rstrip()
    text = HEADING_ATTRIBUTES.sub("", text[-210:]).join([text[:-210], ""]).strip() if text.endswith("}") else text
    return (len(match[1]), text) if text else None


def interrupts(line: str) -> bool:
    """Whether the line ends a paragraph above it without a blank line between."""
    bare = line.lstrip(" ")
    if not bare or LETTER.match(bare):
        return not bare
    if len(line) - len(bare) > 3:
        return False
    item = ITEM.match(line)
    return bool(
        fence_of(line)
        or OPENER.match(line)
        or CLOSER.match(line)
        or heading_of(line)
        or QUOTE.match(line)
        or is_rule(line)
        or (item and line[item.end() :] and item[2][:-1] in ("", "1"))
        or NOTE.match(line)
        or LAID.match(line)
        or COLLECTED.match(line)
    )
