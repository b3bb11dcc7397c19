"""From the bytes of a list to its text. What it was saved in is a guess wherever it isn't UTF-8; people can say so."""

import codecs
import re

from charset_normalizer import from_bytes

from ...models import RosterImport

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
SAMPLE_BYTES = 4096
CODEPAGE_LINES = 1000
# Letters of western languages beside a to z. Names with letters of one of these rows only are western, whatever else
# their bytes could be; a list with è and æ in it is more likely Croatian, and three such letters in a row are Cyrillic.
LATIN = {"cp1250", "cp1252", "cp1254", "cp1257", "mac_roman", "cp850"}
WESTERN = [set("àèéêìíîïòóôõùúûñãœâáäöüßçëÿ"), set("åæøäöüé"), set("æðþöáéíóúý")]


class NotText(Exception):
    """The bytes are no text in the encoding that was said, or in any that we know."""


def read_text(content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of `content`, and what it was read as: `encoding`, or else the likeliest. Raises NotText."""
    encoding = encoding or guessed_encoding(content)
    try:
        return content.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise NotText(encoding) from error


def guessed_encoding(content: bytes) -> str:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return encoding
    sample = content[:SAMPLE_BYTES]
    if wide := without_a_mark(sample):
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return guessed_codepage(content)
    return "utf-8"


def without_a_mark(sample: bytes) -> str:
    """UTF-16 that doesn't say so: every other byte of what is mostly Latin is 0."""
    half = len(sample) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half > 1 and sample[first::2].count(0) > 0.6 * half:
            return encoding
    return ""


def guessed_codepage(content: bytes) -> str:
    sample = b"\n".join(content.splitlines()[:CODEPAGE_LINES])
    western = sample.decode("cp1252", "replace").lower()
    if is_western(western):
        return "cp1252"
    guesses = [match.encoding for match in from_bytes(sample, threshold=0.5)]
    known = [encoding for encoding in guesses if encoding in RosterImport.CODEPAGES]
    if any(len(run) > 2 for run in runs_in(western)):
        known.sort(key=LATIN.__contains__)  # whole words of such letters: another script, if that is possible at all
    return known[0] if known else "cp1252"


def is_western(text: str) -> bool:
    """Whether bytes that could be much else read well as western."""
    runs = runs_in(text)
    letters = set("".join(runs))
    return all(len(run) < 3 for run in runs) and any(letters <= western for western in WESTERN)


def runs_in(text: str) -> list[str]:
    """What stands in it beside ASCII, piece by piece."""
    return re.findall(r"[^\x00-\x7f]+", text)
