"""The mail that tells somebody that a week is theirs to host."""

import datetime
from datetime import UTC

import pytest
import time_machine
from django.core import mail

from accounts.actions import hide_person
from community.actions import remove_member
from discussions.actions import begin_rota, set_series, skip_turn, swap_turns, take_seat
from discussions.models import Turn
from discussions.tasks import look_after_rotas
from notifications import tasks
from notifications.actions import deliver, digest_of, follow
from notifications.models import Delivery, Following, Level, Notification
from tests.factories import a_community, a_member, a_person, a_proposal, a_thread, commons_of

FRIDAY = datetime.datetime(2026, 3, 6, 0, 1, tzinfo=UTC)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
HOSTING = Delivery.Kind.HOSTING


@pytest.fixture
def circle(db):
    """A community in which Ivo has the week after this one; Hanna has this one, and it is Friday."""
    with time_machine.travel(FRIDAY - 4 * DAY, tick=False) as clock:
        hanna, ivo = a_person("Hanna"), a_person("Ivo", time_zone="Europe/Berlin")
        community = a_community("Circle", host=hanna)
        community.memberships.create(user=ivo, role="member")
        begin_rota(community)
        take_seat(by=hanna, person=ivo, community=community)
        look_after_rotas()
        clock.shift(DAY)  # Hanna was told of her own week
        deliver_all()
        Turn.objects.filter(week__gt=FRIDAY.date(), week__lt=(FRIDAY + 7 * DAY).date()).update(person=ivo, set_by=hanna)
        clock.move_to(FRIDAY, tick=False)
        yield community, hanna, ivo, clock


def deliver_all():
    mail.outbox.clear()
    tasks.sweep()
    deliver()
    return {message.to[0]: message for message in mail.outbox}


def of_next_week(community):
    return Turn.objects.in_community(community).get(week=(FRIDAY + 3 * DAY).date())


def test_the_host_is_written_to_in_their_morning_what_the_week_brings(circle):
    community, hanna, ivo, clock = circle
    commons = commons_of(community)
    topic = {"rhythm": "weekly", "starts_on": (FRIDAY + 4 * DAY).date(), "at": datetime.time(9), "time_zone": "UTC"}
    set_series(by=hanna, place=commons, times=topic)
    a_proposal(commons, author=hanna, title="Reading aloud")
    a_thread(commons, author=a_member(community, "Jo"), kind="question", title="Who has the key?")
    look_after_rotas()
    look_after_rotas()
    assert deliver_all() == {}
    clock.shift(5 * HOUR)
    assert deliver_all() == {}
    clock.shift(HOUR)  # seven in Berlin
    message = deliver_all()[ivo.email]
    assert message.subject == "You host Circle from March 9 on"
    for words in ("March 9 to March 15", "Reading aloud (Hanna)", "March 10, 2026, 10 a.m. CET", "New here: Jo"):
        assert words in message.body
    assert "Who has the key? (Jo)" in message.body
    assert f"/rota/#week-{of_next_week(community).week}" in message.body
    look_after_rotas()
    assert deliver_all() == {}


def test_what_the_mail_told_no_digest_tells_again(circle):
    _community, _hanna, ivo, clock = circle
    look_after_rotas()
    tasks.sweep()
    assert digest_of(ivo).count == 1
    clock.shift(7 * HOUR)
    deliver_all()
    assert Notification.objects.get(person=ivo).mailed_at is not None
    assert digest_of(ivo).count == 0


def test_whose_it_is_no_more_by_then_hears_nothing(circle):
    community, hanna, ivo, clock = circle
    look_after_rotas()
    skip_turn(by=ivo, turn=of_next_week(community))
    assert of_next_week(community).person == hanna
    clock.shift(8 * HOUR)
    assert set(deliver_all()) == {hanna.email}


def test_who_left_or_wants_to_hear_nothing_of_it_hears_nothing(circle):
    community, hanna, ivo, clock = circle
    look_after_rotas()
    follow(person=ivo, subjects=[community], level=Level.MUTED)
    clock.shift(8 * HOUR)
    assert deliver_all() == {}
    assert Delivery.objects.of(ivo).of_kind(HOSTING).get().state == "dropped"
    Following.objects.all().delete()
    Delivery.objects.of(ivo).update(state="waiting")
    remove_member(community.memberships.get(user=ivo), by=hanna)
    assert deliver_all() == {}


def test_who_gets_a_week_from_somebody_is_written_to_and_reminded(circle):
    community, hanna, ivo, clock = circle
    turns = Turn.objects.in_community(community).order_by("week")
    mine, theirs = turns.filter(person=hanna)[3], turns.filter(person=ivo)[3]
    swap_turns(by=hanna, turn=mine, other=theirs)
    clock.shift(8 * HOUR)
    assert set(deliver_all()) == {ivo.email}
    with time_machine.travel(
        datetime.datetime.combine(mine.week, datetime.time(0, 1), UTC) - 3 * DAY, tick=False
    ) as then:
        look_after_rotas()
        then.shift(8 * HOUR)
        assert ivo.email in deliver_all()


def test_a_host_who_follows_everything_gets_one_mail_of_it_and_none_of_whom_they_blocked(circle):
    community, hanna, ivo, clock = circle
    follow(person=ivo, subjects=[community], level=Level.ALL)
    a_proposal(commons_of(community), author=hanna, title="Reading aloud")
    hide_person(person=ivo, hidden=hanna)
    look_after_rotas()
    clock.shift(8 * HOUR)
    deliver_all()
    mine = [message for message in mail.outbox if message.to == [ivo.email]]
    assert len(mine) == 1
    assert "Reading aloud" not in mine[0].body
