"""The texts that people talk about."""

from community.models import Place

from .unit import Unit


def block_texts_at(place):
    """Block id → its words, in their order, of the text that the talk at `place` is about; none where it has none."""
    if place.kind == Place.Kind.UNIT:
        return Unit.objects.read_at(place).get().block_texts()
    return {}
