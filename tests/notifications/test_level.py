"""How much somebody hears of what."""

import pytest

from notifications import tasks
from notifications.models import Delivery, Following, Level, Notification, levels_of
from tests.factories import a_community, a_member, a_post, a_prompt, a_thread, commons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(db):
    community = a_community()
    return a_thread(commons_of(community), author=a_member(community, handle="alice"))


def choose(person, subject, level):
    Following.objects.create(person=person, subject=subject, level=level)


def level(person, thread):
    subjects = [thread, *thread.place.and_around()]
    return levels_of([person.pk], subjects=subjects, started_by=thread.told_by_itself)[person.pk]


def test_the_narrowest_choice_wins_and_without_any_it_is_the_digest(thread):
    bo = a_member(thread.place.community)
    assert level(bo, thread) == Level.DIGEST
    choose(bo, thread.place.community, Level.MUTED)
    assert level(bo, thread) == Level.MUTED
    choose(bo, thread.place, Level.MENTIONS)
    assert level(bo, thread) == Level.MENTIONS
    choose(bo, thread, Level.ALL)
    assert level(bo, thread) == Level.ALL


def test_one_hears_all_of_what_one_started_unless_one_wants_less(thread):
    alice = thread.created_by
    assert level(alice, thread) == Level.ALL
    choose(alice, thread.place.community, Level.MENTIONS)
    assert level(alice, thread) == Level.MENTIONS
    choose(alice, thread, Level.DIGEST)
    assert level(alice, thread) == Level.DIGEST


def test_what_guides_ask_is_not_followed_at_once_by_itself(thread):
    posed = a_prompt(thread.place)
    assert level(posed.created_by, posed) == Level.DIGEST


def test_levels_say_who_hears_and_whom_a_mail_tells(thread):
    everything, quiet, muted = (a_member(thread.place.community) for _ in range(3))
    choose(everything, thread.place, Level.ALL)
    choose(quiet, thread, Level.MENTIONS)
    choose(muted, thread, Level.MUTED)
    tasks.sweep()
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    a_post(thread, author=a_member(thread.place.community), body=f"Look, @{quiet.handle} and @{muted.handle}.")
    tasks.sweep()
    reasons = Notification.Reason
    assert dict(Notification.objects.values_list("person", "reason")) == {
        thread.created_by_id: reasons.YOURS,
        everything.pk: reasons.FOLLOWING,
        quiet.pk: reasons.MENTION,
    }
    assert set(Delivery.objects.values_list("person", "subject")) == {
        (person.pk, f"thread:{thread.pk}") for person in (thread.created_by, everything, quiet)
    }


def test_several_posts_within_minutes_wait_in_one_mail(thread):
    for _ in range(3):
        a_post(thread, author=a_member(thread.place.community))
    tasks.sweep()
    assert Delivery.objects.of(thread.created_by).count() == 1
