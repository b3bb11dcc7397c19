"""The texts that people talk about."""

import re

from community.models import Place
from wiki.models import WikiPage

from .unit import Unit


def blocks_at(place):
    """Block id → Block, in their order, of the text that the talk at `place` is about; none where it has none."""
    if place.kind == Place.Kind.UNIT:
        return Unit.objects.read_at(place).get().standing_blocks()
    if place.kind == Place.Kind.WIKI:
        return WikiPage.objects.talked_about_at(place).get().standing_blocks()
    return {}


WORDS_LOOKED_FOR = 6  # of a block, in the text that it was made from


def where_in(source, words):
    """From where to where the paragraph with these `words` of a block stands in what was typed, counted as a browser
    counts; None where it isn't found."""
    first = re.findall(r"\w+", words)[:WORDS_LOOKED_FOR]
    found = re.search(r"\W+".join(map(re.escape, first)), source) if first else None
    if not found:
        return None
    end = source.find("\n", found.end())
    return units(source[: found.start()]), units(source[: end if end >= 0 else None])


def units(text):
    """How long a browser takes `text` to be."""
    return len(text.encode("utf-16-le")) // 2
