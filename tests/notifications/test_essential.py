"""What comes though somebody stopped all mail, and what does not go to an address that takes none."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from discussions.actions import Decision, decide
from notifications import tasks
from notifications.actions import deliver, note_unreachable, stop_mail
from notifications.models import Delivery
from tests.factories import a_post, a_thread


@pytest.fixture
def decided(world):
    """Fay has decided about a post of Bo's, and mentioned him elsewhere."""
    post = a_post(a_thread(world.place, author=world.al), author=world.bo)
    decide(by=world.fay, post=post, decision=Decision("hide", "It names somebody."))
    a_thread(world.place, author=world.fay, title="Another matter", body="@bo, have a look.")


def mails_to(person):
    tasks.sweep()
    Delivery.objects.waiting().update(due_at=timezone.now() - timedelta(seconds=1))
    deliver()
    return [message for message in mail.outbox if message.to == [person.email]]


def test_with_mail_on_both_come(world, decided):
    assert len(mails_to(world.bo)) == 2


def test_a_decision_about_ones_words_comes_though_all_mail_is_stopped(world, decided):
    stop_mail(person=world.bo)
    [message] = mails_to(world.bo)
    assert "It names somebody." in message.body
    assert "Another matter" not in message.body
    assert "List-Unsubscribe" not in message.extra_headers


def test_it_comes_though_the_community_is_muted(world, decided):
    stop_mail(person=world.bo, subject=world.community)
    [message] = mails_to(world.bo)
    assert "It names somebody." in message.body


def test_nothing_goes_to_an_address_that_takes_no_mail(world, decided):
    note_unreachable(email=world.bo.email, cause="bounced", why="550 gone")
    assert mails_to(world.bo) == []
