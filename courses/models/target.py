"""Where things go that are carried: to whom, and to which of their places."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q

from community.models import Community, Place
from discussions.models import communities_carried_between_by

from .cohort import Cohort, UnitPlace


def communities_carried_to(community: Any, *, by: Any = None) -> Any:
    """The communities to which what was said in the cohort `community` may go: those of later runs of its course, and
    the course's standing community of practice; with `by`, of these only where that person may carry. The next run
    comes first."""
    cohort = Cohort.objects.filter(community=community).select_related("course").first()
    if cohort is None:
        return Community.objects.none()
    later = Q(cohort__in=Cohort.objects.after(cohort).order_by())
    found = Community.objects.filter(later | Q(pk=cohort.course.practice_id)).exclude(pk=cohort.community_id)
    if by is not None:
        found = found.filter(pk__in=communities_carried_between_by(by))
    return found.select_related("cohort").order_by("cohort__starts_on", "pk")


def places_in(community: Community, places: Sequence[Place]) -> list[Place]:
    """For each of `places` that of another community: where it reads the same unit, else its commons."""
    beside = UnitPlace.objects.of(community).filter(unit__places__place__in=places)
    beside = beside.annotate(beside=F("unit__places__place")).select_related("place__community")
    found = {row.beside: row.place for row in beside}
    commons = community.places.commons().select_related("community").get()
    return [found.get(place.pk, commons) for place in places]
