"""How the blocks of a text are called where the text itself is not seen."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from markup import Block

NAMES = {
    "paragraph": gettext_lazy("paragraph %(n)s"),
    "item": gettext_lazy("list item %(n)s"),
    "heading": gettext_lazy("heading %(n)s"),
    "prompt": gettext_lazy("prompt %(n)s"),
    "table": gettext_lazy("table %(n)s"),
    "figure": gettext_lazy("figure %(n)s"),
    "code": gettext_lazy("code %(n)s"),
}


def named_blocks(blocks: Iterable[Block]) -> dict[str, tuple[int, str]]:
    """Block id → where it comes in the text, and “paragraph 4”: each kind is counted apart."""
    counts: Counter[str] = Counter()
    found = {}
    for index, block in enumerate(block for block in blocks if not block.retired):
        counts[block.kind] += 1
        name = NAMES.get(block.kind)
        found[block.id] = index, str(name) % {"n": counts[block.kind]} if name else _("part %(n)s") % {"n": index + 1}
    return found
