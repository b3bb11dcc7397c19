"""What is due goes out once, and what could not be sent goes out later."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from notifications.actions import deliver
from notifications.actions.kinds import Kind, Letter, kinds
from notifications.models import Delivery, MailSettings
from tests.factories import a_person

pytestmark = pytest.mark.django_db
KIND = Delivery.Kind.HOSTING


@pytest.fixture
def noted(monkeypatch):
    """Lets the kind say one word to everybody; gives the ids of those of whom it was noted that they have it."""
    noted = []

    def write(rows):
        return {
            row.pk: Letter(
                EmailMessage("Word", "A word.", to=[row.person.email], headers={"Message-ID": row.message_id}),
                on_sent=lambda row=row: noted.append(row.pk),
            )
            for row in rows
            if row.subject != "nothing"
        }

    monkeypatch.setitem(kinds, KIND, Kind(write, 2))
    return noted


def a_delivery(person=None, **more):
    return Delivery.objects.create(person=person or a_person(), kind=KIND, message_id=Delivery.new_message_id(), **more)


def test_what_is_due_goes_out_once_and_is_noted(noted):
    rows = [a_delivery() for _ in range(5)]
    assert deliver() == 5
    assert deliver() == 0
    assert noted == [row.pk for row in rows]
    assert {m.extra_headers["Message-ID"] for m in mail.outbox} == {row.message_id for row in rows}


def test_what_has_nothing_to_say_is_dropped(noted):
    row = a_delivery(subject="nothing")
    assert deliver() == 0
    row.refresh_from_db()
    assert (row.state, mail.outbox) == (Delivery.State.DROPPED, [])


def test_who_wants_no_mail_gets_none(noted):
    row = a_delivery()
    MailSettings.objects.create(person=row.person, stopped_at=row.created_at)
    assert deliver() == 0
    assert mail.outbox == []


def test_what_a_server_refuses_waits_and_goes_out_later(noted, monkeypatch):
    row = a_delivery()
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert deliver() == 0
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.State.WAITING, 1)
    assert "away" in row.error
    assert row.due_at > row.created_at
    Delivery.objects.update(due_at=row.created_at)
    assert deliver() == 1


def refuse(*_args):
    raise ConnectionRefusedError("away")
