"""What a digest says of units that opened."""

from typing import Any

from django.apps import apps
from django.utils.translation import ngettext_lazy

from notifications.models.told import Bundle, Knows, Part, Told

from .spot import SpottedQuerySet

OPENED = ngettext_lazy("%(n)s unit is open", "%(n)s units are open", "n")


class ToldUnitQuerySet(SpottedQuerySet):
    def as_told(self, ids):
        """Id → what a digest tells of it, for the units with these ids, as their communities read them."""
        rows: Any = self.filter(pk__in=ids).select_related("unit", "place__within", "place__community")
        rows = rows.defer("unit__source", "unit__html", "unit__blocks")
        return {row.pk: told_of_unit(row) for row in rows if row.place.opens_at}

    def known_to(self, tolds, people) -> Knows:
        """What tells whether somebody has looked at a unit already, or says that they are done with it. Two queries."""
        ids = [told.pk for told in tolds]
        reading = apps.get_model("courses", "UnitReading").objects.filter(person__in=people, unit_place__in=ids)
        known = set(reading.values_list("person", "unit_place"))
        done = apps.get_model("courses", "UnitProgress").objects.done().filter(user__in=people)
        known |= set(done.filter(unit__places__in=ids).values_list("user", "unit__places"))
        return lambda person, told, is_guide: (person, told.pk) in known


def told_of_unit(row):
    unit, place = row.unit, row.place
    return Told(
        pk=row.pk,
        part=Part.PROMPTS,
        place=place,
        bundle=Bundle(("unit", row.pk), unit.title),
        url=place.path,
        who="",
        words=unit.summary,
        length=len(unit.summary.split()) + 5,
        label=OPENED,
        author_id=None,
        at=place.opens_at,
    )
