"""Where something stands in a course, in words: “Unit 3, paragraph 4”."""

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from notifications.models.blocks import named_blocks
from notifications.models.told import Spot


class SpottedQuerySet(models.QuerySet):
    def spots(self, blocks):
        """For places and ids of their blocks (`""` for the whole) where each stands in its course. Three queries."""
        rows: Any = list(
            self.filter(place__in=blocks).select_related("unit").defer("unit__source", "unit__html", "unit__blocks")
        )
        texts = self.texts_of({row.unit_id for row in rows if blocks[row.place_id] - {""}})
        numbers = numbers_of({row.unit.course_id for row in rows})
        found = {}
        for row in rows:
            number = numbers[row.unit_id]
            unit = _("Unit %(n)s") % {"n": number}
            names = texts.get(row.unit_id, {})
            found[row.place_id, ""] = Spot(unit, (number,))
            for block in blocks[row.place_id] - {""}:
                index, name = names.get(block, (len(names), ""))
                found[row.place_id, block] = Spot(", ".join(filter(None, [unit, name])), (number, index))
        return found

    def texts_of(self, units):
        """Unit id → how its blocks are called, for those with these ids."""
        found = apps.get_model("courses", "Unit").objects.filter(pk__in=units).only("blocks") if units else ()
        return {unit.pk: named_blocks(unit.known_blocks()) for unit in found}


def numbers_of(courses):
    """Unit id → the how many-eth of its course it is."""
    numbers: dict[int, int] = {}
    counts: dict[int, int] = {}
    units = apps.get_model("courses", "Unit").objects.filter(course__in=courses).in_course_order()
    for course, unit in units.values_list("course", "pk"):
        counts[course] = numbers[unit] = counts.get(course, 0) + 1
    return numbers
