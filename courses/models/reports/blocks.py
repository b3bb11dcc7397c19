"""Which blocks have the most “me too”: where a text leaves many with the same question."""

from dataclasses import dataclass

from django.db.models import Count

from ..unit import Unit

BLOCKS_SHOWN = 10
WORDS_MAX = 160  # characters


@dataclass(frozen=True)
class BlockNumbers:
    unit_title: str
    unit_slug: str
    block_id: str
    words: str
    stands: bool  # in the text as it is now
    me_toos: int


def blocks_with_most_me_too(scope, limit=BLOCKS_SHOWN):
    unit, block = "post__thread__place__unit_place__unit", "post__thread__block_id"
    said = scope.me_toos().exclude(**{block: ""}).order_by().values(unit, block).annotate(count=Count("pk"))
    rows = list(said.order_by("-count", unit, block).values_list(unit, block, "count")[:limit])
    units = Unit.objects.in_bulk({pk for pk, _block, _count in rows})
    return [numbers(units[pk], block_id, count) for pk, block_id, count in rows]


def numbers(unit, block_id, count):
    block = next((block for block in unit.known_blocks() if block.id == block_id), None)
    words = block.text if block else ""
    if len(words) > WORDS_MAX:
        words = words[:WORDS_MAX].rsplit(" ", 1)[0] + "…"
    return BlockNumbers(unit.title, unit.slug, block_id, words, block is not None and not block.retired, count)
