"""What ties a conversation to a block of a text, signed into the form that begins it."""

from dataclasses import asdict, dataclass

from django.core import signing

from ..models import Thread

ANCHOR_SALT = "discussions.anchor"


@dataclass(frozen=True)
class Anchor:
    """What ties a thread to a block: the block, the words it is about, and what stood around them.

    `words` are the whole block's, cut to Thread.QUOTE_MAX, unless `chosen`.
    """

    block_id: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    chosen: bool = False
    kind: str = ""  # of the block

    def as_fields(self):
        """The fields of a thread that hangs on it."""
        return {
            "block_id": self.block_id,
            "quote": self.words[: Thread.QUOTE_MAX],
            "quote_before": self.before,
            "quote_after": self.after,
            "is_about_words": self.chosen,
        }

    @classmethod
    def on(cls, block_id, text, chosen="", *, kind=""):
        """On a block with this text; on the words `chosen` in it, if they stand there and are short enough."""
        chosen = " ".join(chosen.split())
        at = text.find(chosen) if chosen and len(chosen) <= Thread.QUOTE_MAX else -1
        if at < 0:
            return cls(block_id, text[: Thread.QUOTE_MAX], kind=kind)
        end = at + len(chosen)
        before, after = text[max(at - Thread.AROUND_MAX, 0) : at], text[end : end + Thread.AROUND_MAX]
        return cls(block_id, chosen, before, after, chosen=True, kind=kind)


def signed(anchor, place):
    """What a form carries so that its thread hangs on a block and quotes it; signed, so nobody quotes what was not
    there. It stays good when the text is rewritten: the thread is then on an earlier wording."""
    return signing.dumps([place.pk, asdict(anchor)], salt=ANCHOR_SALT, compress=True)


def anchor_of(text, place):
    """The Anchor in a signed text; None if it was signed for another place, or by nobody."""
    try:
        place_id, anchor = signing.loads(text or "", salt=ANCHOR_SALT)
    except signing.BadSignature:
        return None
    return Anchor(**anchor) if place_id == place.pk else None


def post_id(text):
    """The id that an address or a form names, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
