"""Keeping conversations at the words that they are about, wherever an edit of the text puts them."""

from collections.abc import Iterable, Mapping
from itertools import takewhile

from community.models import Place

from ..models import Thread

ENOUGH_WORDS = 3  # that say by themselves where they come from; fewer need what stood around them


def follow_words(*, places: Iterable[Place], texts: Mapping[str, str]) -> int:
    """Hang the conversations about chosen words of a text on the block that holds these words now; `texts` are its
    blocks (id → text), `places` those where it is talked about. Returns how many went elsewhere.

    Words that are nowhere, or in more than one place, leave their conversation where it is. The caller holds the
    transaction and the text's lock. An anchor of quote, prefix and suffix is that of the Web Annotation Data Model.
    """
    moved = 0
    for thread in Thread.objects.about_words_at(places):
        block_id = block_of_words(thread, texts)
        if block_id != thread.block_id:
            moved += Thread.objects.with_ids([thread.pk]).update(block_id=block_id)
    return moved


def block_of_words(thread: Thread, texts: Mapping[str, str]) -> str:
    """Id of the block to which the words of `thread` belong: its own, for as long as they stand there."""
    if thread.quote in texts.get(thread.block_id, ""):
        return thread.block_id
    found = {block_id: likeness(thread, text) for block_id, text in texts.items() if thread.quote in text}
    best = max(found.values(), default=0)
    likely = [block_id for block_id, score in found.items() if score == best]
    is_sure = best > 0 or len(thread.quote.split()) >= ENOUGH_WORDS
    return likely[0] if len(likely) == 1 and is_sure else thread.block_id


def likeness(thread: Thread, text: str) -> int:
    """How many characters around the words are what stood around them."""
    before, _, after = text.partition(thread.quote)
    return in_common(reversed(before.rstrip()), reversed(thread.quote_before.rstrip())) + in_common(
        after.lstrip(), thread.quote_after.lstrip()
    )


def in_common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
