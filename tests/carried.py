"""What comes from earlier cohorts, to test with."""

from typing import Any

from accounts.models import User
from community.models import Place
from courses.actions import carry_things
from courses.models import CarriedThing, Unit
from discussions.actions import carry_thread, consent
from discussions.models import CarriedThread, Consent
from tests.factories import a_cohort, a_thread, a_wiki_page, place_of


def a_carried_thread(place: Place, *, by: User, choice: str = Consent.Choice.NAMED) -> CarriedThread:
    """A conversation of an earlier cohort of which `by` was the host, on the whole unit, as shown at its `place` in a
    later one that they guide, too."""
    earlier = an_earlier_place(place, by=by, choice=choice)
    return carry_thread(by=by, thread=a_thread(earlier, author=by), place=place)


def a_carried_page(place: Place, *, by: User, **more: Any) -> CarriedThing:
    """A wiki page that `by` wrote there, shown in the same way."""
    page = a_wiki_page(an_earlier_place(place, by=by), author=by, **more)
    return carry_things(by=by, things=[page], to=place.community)[0]


def an_earlier_place(place: Place, *, by: User, choice: str = Consent.Choice.NAMED) -> Place:
    """The same unit as an earlier cohort reads it that `by` hosts, whose words there may be shown."""
    unit = Unit.objects.get(places__place=place)
    earlier = a_cohort(unit.course, host=by, days_ago=100).community
    consent(by=by, community=earlier, choice=choice)
    return place_of(unit, earlier)
