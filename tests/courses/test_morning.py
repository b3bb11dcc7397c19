"""The mail that guides get in the morning: what needs their communities, and nothing when nothing does."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import hide_person
from community.actions import archive
from community.models import Membership
from courses.models.morning import Morning
from discussions.actions import accept_post, claim, flag_post, let_rest
from notifications.actions import change_mail, deliver, follow, schedule_mornings
from notifications.models import Delivery, Level, MailSettings
from tests.factories import a_member, a_post, a_prompt, a_thread, place_of

TUESDAY = datetime(2027, 3, 2, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock(world):
    """Eight on a Tuesday morning, for guides in UTC."""
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def a_question(world, title, *, days_ago, author=None):
    with time_machine.travel(TUESDAY - days_ago * DAY, tick=False):
        return a_thread(world.place, author=author or world.bo, kind="question", title=title)


def mails():
    """Address → text of each mail of this morning."""
    mail.outbox.clear()
    schedule_mornings()
    deliver()
    return {message.to[0]: message.body for message in mail.outbox}


def test_it_tells_open_questions_by_age_what_was_flagged_and_what_opens_today(world, clock):
    a_question(world, "Second question", days_ago=2)
    a_question(world, "Oldest question", days_ago=9)
    a_post(a_question(world, "Replied question", days_ago=12), author=world.al)
    flag_post(by=world.bo, post=a_post(a_thread(world.place, author=world.al)), why="other")
    a_prompt(world.commons, asker=world.fay, title="Later today", opens_at=TUESDAY + 3 * HOUR)
    a_prompt(world.commons, asker=world.fay, title="Tomorrow", opens_at=TUESDAY + DAY)
    found = mails()
    assert set(found) == {world.fay.email, world.alice.email}
    text = found[world.fay.email]
    titles = ["Later today", "1 post needs a look", "3 open questions", "Oldest question (Bo Lindqvist)"]
    titles += ["Second question", "Replied question"]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    assert "Tomorrow" not in text
    assert "11 a.m., Prompt: Later today" in text
    assert "/c/heron/facilitate/" in text
    subject = mail.outbox[0].subject
    assert subject == "Heron cohort: 1 post to look at, 3 open questions, 1 thing opens today"


def test_on_a_quiet_morning_there_is_none_and_it_is_not_tried_again(world, clock):
    assert mails() == {}
    assert Delivery.objects.filter(kind="morning", state="dropped").count() > 0
    a_question(world, "Meanwhile", days_ago=0)
    assert mails() == {}


def test_it_can_be_stopped_alone_by_its_own_link(world, clock):
    a_question(world, "Still open", days_ago=1)
    assert len(mails()) == 2
    [message] = [message for message in mail.outbox if message.to == [world.fay.email]]
    url = urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>")).path
    clock.shift(DAY)
    assert Client().post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(mails()) == {world.alice.email}
    assert MailSettings.of(world.fay).stopped_at is None
    clock.shift(DAY)
    assert "Undo" in Client().get(url).content.decode()
    Client().post(url, {"undo": "morning"})
    assert len(mails()) == 2


def test_once_a_morning_however_many_beats_run(world, clock):
    a_question(world, "Still open", days_ago=1)
    assert len(mails()) == 2
    for _hour in range(4):
        assert mails() == {}
        clock.shift(HOUR)
    clock.shift(20 * HOUR)
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("zone", "hour", "comes"),
    [
        *(("UTC", 6, False), ("UTC", 7, True), ("UTC", 11, True), ("UTC", 12, False), ("Asia/Tokyo", 7, False)),
        *(("Asia/Tokyo", 23, True), ("America/New_York", 12, True), ("America/New_York", 8, False)),
    ],
)
def test_it_comes_in_the_morning_of_each_guides_own_clock(world, clock, zone, hour, comes):
    a_question(world, "Open", days_ago=5)
    Membership.objects.filter(user=world.alice).delete()
    world.fay.time_zone = zone
    world.fay.save(update_fields=["time_zone"])
    clock.move_to(TUESDAY.replace(hour=hour), tick=False)
    assert (world.fay.email in mails()) == comes


def test_weekends_are_quiet(world, clock):
    a_question(world, "Open", days_ago=1)
    clock.move_to(TUESDAY + 4 * DAY, tick=False)
    assert mails() == {}


def test_what_others_take_care_of_rests_or_is_answered_is_left_out(world, clock):
    claim(by=world.alice, thread=a_question(world, "Alice does", days_ago=3))
    let_rest(by=world.alice, thread=a_question(world, "Rests", days_ago=3), days=3)
    answered = a_question(world, "Answered", days_ago=3)
    accept_post(by=world.bo, post=a_post(answered, author=world.al))
    assert set(mails()) == {world.alice.email}
    assert "Alice does" in mail.outbox[0].body
    assert "you take care of it" in mail.outbox[0].body
    assert "Rests" not in mail.outbox[0].body


def test_whoever_guides_no_more_by_then_hears_nothing(world, clock):
    a_question(world, "Open", days_ago=1)
    schedule_mornings()
    Membership.objects.filter(user=world.fay).update(role="member")
    mail.outbox.clear()
    deliver()
    assert [message.to for message in mail.outbox] == [[world.alice.email]]
    archive(community=world.community, by=world.alice)
    clock.shift(DAY)
    assert mails() == {}


def test_who_wants_none_or_stopped_mail_gets_none(world, clock):
    a_question(world, "Open", days_ago=1)
    change_mail(person=world.fay, gets_morning_mail=False)
    schedule_mornings()
    change_mail(person=world.alice, stopped_at=TUESDAY)
    assert mails() == {}


def test_who_wants_to_hear_nothing_of_a_community_gets_none_of_it(world, clock):
    a_question(world, "Open", days_ago=1)
    follow(person=world.fay, subjects=[world.community], level=Level.MUTED)
    assert set(mails()) == {world.alice.email}


def test_words_of_somebody_blocked_are_not_in_it(world, clock):
    hide_person(person=world.fay, hidden=world.bo)
    a_question(world, "Blocked words", days_ago=1)
    text = mails()[world.fay.email]
    assert "Blocked words" not in text
    assert "Bo Lindqvist" not in text
    assert "A question by somebody you blocked" in text


def test_many_guides_cost_as_many_queries_as_one(world, clock):
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            morning = Morning([world.fay.pk, *Membership.objects.guides().values_list("user", flat=True)])
            morning.of(world.fay)
        counts.append(len(queries) - 1)
        for number in range(5):
            a_member(world.community, role="facilitator")
            a_question(world, f"Question {number}", days_ago=number)
            a_prompt(place_of(world.units[1], world.community), opens_at=TUESDAY + HOUR)
    assert counts[0] == counts[1] <= 8
