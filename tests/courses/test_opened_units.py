"""That a unit opened is noted once, and told by digests to who has not looked at it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from community.actions import join
from courses.actions import mark_done, start_cohort, time_units
from courses.models import UnitReading
from courses.tasks import note_openings
from notifications.actions.digesting import reader_of
from notifications.models import Event, MailSettings, Notification
from notifications.models.batch import digests_for
from tests.factories import a_person, a_section, a_unit

pytestmark = pytest.mark.django_db
OPENS = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def cohort(db):
    """With Ben, Cleo and Dan; its second unit opens in the second week."""
    section = a_section()
    _first, second = (a_unit(section, f"Unit {n}", summary=f"What {n} is about.") for n in (1, 2))
    time_units(section.course, {second.pk: (2, 0, time(9))})
    with time_machine.travel(OPENS - timedelta(days=10), tick=False):
        cohort = start_cohort(
            course=section.course, title="Spring", starts_on=date(2026, 3, 2), time_zone="UTC", host=a_person("Ann")
        )
        for name in ("Ben", "Cleo", "Dan"):
            person = a_person(name)
            join(cohort.community, person)
            MailSettings.objects.create(person=person, digested_up_to=0)
    return cohort


def told(cohort):
    """Name → what a digest tells them now, of members."""
    people = [row.user for row in cohort.community.memberships.filter(role="member").with_people()]
    found = digests_for([reader_of(person, {}, up_to=None) for person in people])
    return {d.reader.person.name: [(g.where, g.title, g.counts, g.lines[0].words) for g in d.groups] for d in found}


def test_it_is_noted_once_when_it_opens_and_told_to_who_has_not_looked(cohort):
    with time_machine.travel(OPENS - timedelta(minutes=1), tick=False):
        note_openings()
    assert not Event.objects.filter(verb="opened").exists()
    with time_machine.travel(OPENS + timedelta(minutes=1), tick=False):
        note_openings()
        note_openings()
        event = Event.objects.get(verb="opened")
        place = cohort.community.unit_places.get(unit__title="Unit 2")
        assert event.target == place
        assert not Notification.objects.exists()
        people = {row.user.name: row.user for row in cohort.community.memberships.with_people()}
        UnitReading.objects.create(person=people["Cleo"], unit_place=place)
        mark_done(people["Dan"], place.unit)
        one = [("Unit 2 · Unit 2 · Spring", "Unit 2", "1 unit is open", "What 2 is about.")]
        assert told(cohort) == {"Ben": one, "Cleo": [], "Dan": []}


def test_what_opened_long_ago_is_no_news(cohort):
    with time_machine.travel(OPENS + timedelta(days=3), tick=False):
        note_openings()
    assert not Event.objects.filter(verb="opened").exists()
