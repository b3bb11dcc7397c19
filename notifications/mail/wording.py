"""The words that somebody wrote into an answer: without what they answer, and without what stands below their name.

What the lines look like that mail programs put above quoted words and that people put above their names is
mail-parser-reply's knowledge. Where it cuts is ours: its own reading also takes away the indents that Markdown needs,
and everything below a line that begins with "Thanks,".
"""

import re
from email.message import Message
from itertools import takewhile
from typing import Any

from lxml import etree, html
from mailparser_reply import EmailMessage as Patterns

from .incoming import is_file, parts

LANGUAGES = ["en", "fr", "de"]
LINE_MAX = 200  # characters of a line that the patterns see; they are slow on long ones
SIGNED_LINES_MAX = 8  # below a sign-off
SIGNED_LINE_MAX = 80
SIGN_OFF_WORDS_MAX = 4  # "Thanks, Bo" is one; "Thanks, that helped a lot" are words
SIGNATURE_LINES_MAX = 20  # below two dashes; what is longer is no signature
SENT_FROM = re.compile(  # some of it in more forms than the patterns know
    r"sent (from|with) |get outlook |envoyé (de|depuis|à partir d)|(obtenir|téléchargez) outlook|gesendet (von|mit) "
    r"|holen sie sich outlook|von meinem .{1,40} gesendet",
    re.IGNORECASE,
)
SENT_FROM_LINES_MAX = 3
patterns = Patterns(text="", languages=[*LANGUAGES], keep_hyphen_lists=True)
RULED_OFF = re.compile(r"\s*(_{30,}|-{2,} ?[^\W\d].{0,60}[^\W\d] ?-{2,}|[-_]{32,})\s*")  # Outlook's, above a quote
SAYS_WHO = re.compile(r".*(\d|@).*:\s*")  # the last line above a quote, in whatever language
BLOCKS = "address article aside div dl dd dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul"
QUOTED = (
    "//blockquote | //*[contains(@class, 'gmail_quote')] | //*[@id='divRplyFwdMsg' or @id='appendonsend']"
    " | //*[@id='divRplyFwdMsg' or @id='appendonsend']/following-sibling::* | //*[contains(@class, 'moz-cite-prefix')]"
)


def text_in(message: Message, limit: int) -> str:
    """All text of the mail, quotes included, up to `limit` characters; of one that has only HTML, what it says."""
    found = [part for part in parts(message) if not is_file(part)]
    plain = [as_typed(part) for part in found if part.get_content_type() == "text/plain"]
    if not any(text.strip() for text in plain):
        plain = [text_of_page(decoded(part)) for part in found if part.get_content_type() == "text/html"]
    return "\n".join(plain).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")[:limit]


def decoded(part: Message) -> str:
    """The text of a part, whatever it says of its characters."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    for charset in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def as_typed(part: Message) -> str:
    """A text part with its paragraphs as they were typed: what the mail program broke into lines is put together again
    (format=flowed, RFC 3676)."""
    text = decoded(part)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    flowing, lines = False, list[str]()
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ") if not line.startswith(">") else line
        is_quote = line.startswith(">")
        if flowing and is_quote == lines[-1].startswith(">"):
            lines[-1] += glue + line.lstrip("> ")
        else:
            lines.append(line)
        flowing = line.endswith(" ") and line != "-- "
        lines[-1] = lines[-1].rstrip() if flowing else lines[-1]
    return "\n".join(lines)


def text_of_page(page: str) -> str:
    """What an HTML mail says, without what it marks as quoted."""
    try:
        tree: Any = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ""
    for gone in tree.xpath(f"//head | //script | //style | //title | {QUOTED}"):
        if gone.getparent() is not None:
            gone.drop_tree()
    for element in tree.iter("br", *BLOCKS.split()):
        end = "\n" if element.tag in ("br", "li", "tr", "div") else "\n\n"
        element.tail = end + (element.tail or "")
        if element.tag == "li":
            element.text = "- " + (element.text or "").lstrip()
        elif element.tag != "br":
            element.text = "\n" + (element.text or "")
    lines = [" ".join(line.split()) for line in tree.text_content().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str) -> str:
    """What of the `text` of a mail its writer wrote; "" when that is nothing."""
    lines = [line.rstrip() for line in text.replace("\u00a0", " ").replace("\u200b", "").split("\n")]
    lines = answered_below(without_signature(without_quotes(lines)))
    return "\n".join(lines).strip("\n")


def without_quotes(lines: list[str]) -> list[str]:
    """`lines` without what was answered, above or below it. Where somebody answered point by point, the points stay."""
    lines = trimmed(lines)
    seen = [line.strip()[:LINE_MAX] for line in lines]
    ruled = next((n for n, line in enumerate(seen) if RULED_OFF.fullmatch(line) and says_from(seen[n + 1 :])), None)
    lines, seen = lines[:ruled], seen[:ruled]
    header = patterns.HEADER_REGEX.search("\n".join(seen))
    if header:
        said = "\n".join(seen)[: header.start()]
        first = said.count("\n") + (header.group().startswith("\n"))
        if said.strip():
            return trimmed(lines[:first])
        lines = trimmed(lines[first + header.group().strip("\n").count("\n") + 1 :])
        if lines and not is_quoted(lines[0]):  # nothing says where what is answered ends
            return []
    return answered_below(trimmed(lines))


def says_from(lines: list[str]) -> bool:
    """Whether what follows begins as a mail program begins what it quotes."""
    near = "\n".join(line for line in lines[:4] if line)
    return not near or bool(patterns.HEADER_REGEX.match(near) or patterns.HEADER_REGEX.match(f"\n{near}"))


def answered_below(lines: list[str]) -> list[str]:
    """`lines` without the quote at their end, and without the one at their beginning if there is no other."""
    while lines and (not lines[-1].strip() or is_quoted(lines[-1])):
        ended_in_quote = is_quoted(lines.pop())
        if ended_in_quote and lines and not is_quoted(lines[-1]) and SAYS_WHO.fullmatch(lines[-1][:LINE_MAX]):
            lines.pop()
    quoted = len(list(takewhile(lambda line: is_quoted(line) or not line.strip(), lines)))
    rest = lines[quoted:]
    if not any(map(is_quoted, rest)):
        return trimmed(rest)
    return apart(lines)


def apart(lines: list[str]) -> list[str]:
    """With an empty line after each quote, or Markdown would take the answer for a part of it."""
    spaced: list[str] = []
    for line in lines:
        if spaced and line.strip() and is_quoted(spaced[-1]) and not is_quoted(line):
            spaced.append("")
        spaced.append(line)
    return spaced


def is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def without_signature(lines: list[str]) -> list[str]:
    """`lines` without what stands below the writer's name: after two dashes, or in a few short lines at the end."""
    last = range(max(len(lines) - SIGNATURE_LINES_MAX - 1, 0), len(lines))
    dashes = next((n for n in last if lines[n].strip() == "--"), None)
    lines = trimmed(lines[:dashes])
    for n in range(max(len(lines) - SIGNED_LINES_MAX - 1, 1), len(lines)):
        if is_signature(lines[n:]):
            return trimmed(lines[:n])
    return lines


def is_signature(lines: list[str]) -> bool:
    """Whether these lines, the last of a text, sign off: a short first line that says so, and below it short ones that
    ask nothing; or say with what the mail was written."""
    first = lines[0].strip()
    if any(len(line) > SIGNED_LINE_MAX or line.endswith("?") for line in lines):
        return False
    if SENT_FROM.match(first):
        return len(lines) <= SENT_FROM_LINES_MAX
    if not first or first[-1] in ".!?" or len(first.split()) > SIGN_OFF_WORDS_MAX:
        return False
    found = patterns.SIGNATURE_REGEX.search(f"\n{first}")
    return found is not None and first.startswith(found.group().strip())


def trimmed(lines: list[str]) -> list[str]:
    """Without the empty ones around them."""
    begin = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(len(lines), begin, -1) if lines[n - 1].strip()), begin)
    return lines[begin:end]
