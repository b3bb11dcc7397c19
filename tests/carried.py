"""Conversations of earlier cohorts, to test with."""

from accounts.models import User
from community.models import Place
from courses.models import Unit
from discussions.actions import carry_thread, consent
from discussions.models import CarriedThread, Consent
from tests.factories import a_cohort, a_thread, place_of


def a_carried_thread(place: Place, *, by: User, choice: str = Consent.Choice.NAMED) -> CarriedThread:
    """A conversation of an earlier cohort of which `by` was the host, on the whole unit, as shown at its `place` in a
    later one that they guide, too."""
    unit = Unit.objects.get(places__place=place)
    earlier = a_cohort(unit.course, host=by, days_ago=100).community
    thread = a_thread(place_of(unit, earlier), author=by)
    consent(by=by, community=earlier, choice=choice)
    return carry_thread(by=by, thread=thread, place=place)
