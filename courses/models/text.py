"""The texts that people talk about."""

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
