"""What the people of the demo want to hear more of, or less."""

from collections.abc import Iterable, Mapping

from accounts.models import User
from community.models import Community
from courses.models import UnitPlace
from notifications.actions import follow
from notifications.models import Level


def choose_levels(community: Community, rows: Iterable[Mapping[str, str]], people: Mapping[str, User]) -> None:
    """Each of `rows` says `who` wants to hear of the whole community, or of a `unit`, at which `level`."""
    units = {row.unit.slug: row.place for row in UnitPlace.objects.of(community).select_related("unit", "place")}
    for row in rows:
        subject = units[row["unit"]] if "unit" in row else community
        follow(person=people[row["who"]], subjects=[subject], level=Level(row["level"]))
