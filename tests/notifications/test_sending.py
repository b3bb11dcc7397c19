"""What fails is tried again, not for ever, and holds up nothing else."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from notifications.actions import deliver, delivering, forget_deliveries, sending
from notifications.actions.kinds import Kind, Letter, kinds
from notifications.models import Delivery, MailSettings
from outbound.mail import NoLine
from tests.factories import a_person

pytestmark = pytest.mark.django_db
FIRST, SECOND = Delivery.Kind.HOSTING, Delivery.Kind.MORNING
BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def letters(rows):
    for row in rows:
        if row.subject == "poison":
            raise ValueError("nobody can write this")
    headers = [(row, {"Message-ID": row.message_id}) for row in rows]
    return {
        row.pk: Letter(EmailMessage(row.subject, "A word.", to=[row.person.email], headers=h)) for row, h in headers
    }


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setitem(kinds, FIRST, Kind(letters, 20))
    monkeypatch.setitem(kinds, SECOND, Kind(letters, 20))


def a_delivery(subject="", *, kind=FIRST, person=None, **more):
    values = {"kind": kind, "subject": subject, "message_id": Delivery.new_message_id(), **more}
    return Delivery.objects.create(person=person or a_person(), **values)


def again(row):
    """Let it be due, as time would; gives it as it is after one more run."""
    Delivery.objects.with_ids([row.pk]).waiting().update(due_at=timezone.now())
    deliver()
    row.refresh_from_db()
    return row


@pytest.fixture
def failing(monkeypatch):
    """Lets mails whose subject is `bad` fail with this error."""

    def install(error):
        def send(self, messages):
            if messages[0].subject == "bad":
                raise error
            mail.outbox.extend(messages)

        monkeypatch.setattr(f"{BACKEND}.send_messages", send)

    return install


def test_what_fails_waits_longer_each_time_and_is_given_up_in_the_end(failing):
    failing(smtplib.SMTPServerDisconnected("gone"))
    row, waits = a_delivery("bad"), []
    while row.state == Delivery.State.WAITING:
        again(row)
        waits.append((row.due_at - timezone.now()).total_seconds())
    assert row.state == Delivery.State.FAILED
    assert "gone" in row.error
    assert waits[:-1] == [pytest.approx(s, abs=5) for s in sending.BACKOFF_S]
    assert deliver() == 0


def test_one_that_fails_holds_up_no_other(failing):
    failing(smtplib.SMTPDataError(451, b"not now"))
    a_delivery("bad")
    a_delivery("good")
    assert deliver() == 1
    assert [m.subject for m in mail.outbox] == ["good"]


def test_a_refused_address_gets_no_more_mail_and_is_noted(failing):
    person = a_person()
    failing(smtplib.SMTPRecipientsRefused({person.email: (550, b"5.1.1 no such user")}))
    row = again(a_delivery("bad", person=person))
    assert (row.state, row.error) == (Delivery.State.FAILED, "550 5.1.1 no such user")
    settings = MailSettings.objects.get(person=person)
    assert settings.unreachable_why == "550 5.1.1 no such user"
    assert again(a_delivery("good", person=person)).state == Delivery.State.DROPPED


def test_a_refused_mail_says_nothing_about_the_address(failing):
    failing(smtplib.SMTPDataError(554, b"5.6.0 no"))
    row = again(a_delivery("bad"))
    assert row.state == Delivery.State.FAILED
    assert MailSettings.objects.count() == 0


def test_a_server_that_is_away_counts_against_no_mail_and_nothing_is_written_for_it(monkeypatch):
    written = []
    monkeypatch.setitem(kinds, FIRST, Kind(lambda rows: written.append(rows) or letters(rows), 20))
    row = a_delivery()
    with monkeypatch.context() as away:
        away.setattr(f"{BACKEND}.open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError("away")))
        for _ in range(30):
            assert again(row).state == Delivery.State.WAITING
        assert (row.attempts, row.failures, written) == (0, 0, [])
        Delivery.objects.update(due_at=timezone.now() - timedelta(days=6))
        deliver()
        row.refresh_from_db()
        assert row.state == Delivery.State.FAILED
        assert "away" in row.error


def test_a_server_that_goes_away_in_between_gives_all_of_them_back(failing):
    failing(NoLine("away"))
    rows = [a_delivery("bad"), a_delivery("good")]
    assert deliver() == 0
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.attempts) == (Delivery.State.WAITING, 0)


def test_a_server_that_says_no_to_one_as_if_to_all_takes_the_others_first_next_time(failing):
    failing(smtplib.SMTPSenderRefused(421, b"busy", "weft@example.org"))
    rows = [a_delivery("bad"), a_delivery("good")]
    assert [deliver(), deliver()] == [0, 1]
    assert [again(row).failures for row in rows] == [2, 0]


def test_what_can_t_be_written_holds_up_no_other(logged_errors):
    poison, others = a_delivery("poison"), [a_delivery("good") for _ in range(3)]
    assert deliver() == 3
    assert logged_errors
    assert again(poison).state == Delivery.State.WAITING
    assert "nobody can write this" in poison.error
    assert all(again(row).state == Delivery.State.SENT for row in others)
    logged_errors.clear()


def test_what_can_t_be_noted_is_not_sent_again(monkeypatch, logged_errors):
    def write(rows):
        found = letters(rows)
        for row in rows:
            if row.subject == "bad":
                found[row.pk].on_sent = lambda: 1 / 0
        return found

    monkeypatch.setitem(kinds, FIRST, Kind(write, 20))
    rows = [a_delivery("bad"), a_delivery("good")]
    assert deliver() == 2
    assert [record.getMessage() for record in logged_errors] == [
        f"Delivery {rows[0].pk} was sent, but not all could be noted."
    ]
    assert {again(row).state for row in rows} == {Delivery.State.SENT}
    logged_errors.clear()


@pytest.mark.parametrize("error", [OperationalError("restarting"), DatabaseError("server closed the connection")])
def test_a_database_that_is_away_is_no_mail_s_fault(monkeypatch, error):
    def write(rows):
        raise error

    row = a_delivery()
    with monkeypatch.context() as away:
        away.setitem(kinds, FIRST, Kind(write, 20))
        with pytest.raises(DatabaseError):
            deliver()
    row.refresh_from_db()
    assert (row.state, row.failures) == (Delivery.State.SENDING, 0)
    let_it_be_lost(row)
    assert again(row).state == Delivery.State.SENT


def let_it_be_lost(row, **more):
    """As if who was sending it had died."""
    values = {"state": Delivery.State.SENDING, "claimed_until": timezone.now() - timedelta(days=1), **more}
    Delivery.objects.with_ids([row.pk]).update(**values)


def test_what_a_dead_sender_held_goes_out_when_its_lease_is_over():
    row = a_delivery()
    claim = Delivery.objects.claim(20)
    assert deliver() == 0
    let_it_be_lost(row)
    assert deliver() == 1
    row.refresh_from_db()
    assert row.claim != claim
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


def test_a_lease_from_a_clock_that_was_ahead_is_none():
    row = a_delivery()
    let_it_be_lost(row, claimed_until=timezone.now() + timedelta(hours=1))
    assert deliver() == 1


def test_what_kills_its_senders_is_sent_alone_and_given_up_in_the_end():
    killer, other = a_delivery(), a_delivery()
    let_it_be_lost(killer, attempts=3)
    Delivery.objects.claim(20)
    assert [row.pk for row in Delivery.objects.being_sent()] == [killer.pk]
    let_it_be_lost(killer, attempts=6)
    assert deliver() == 1
    killer.refresh_from_db()
    assert killer.state == Delivery.State.FAILED
    assert again(other).state == Delivery.State.SENT


def test_one_slow_kind_holds_up_no_other(monkeypatch):
    order, clock = [], [0.0]
    monkeypatch.setattr(delivering, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def taking(seconds, name):
        def write(rows):
            clock[0] += seconds
            order.append(name)
            return letters(rows)

        return Kind(write, 1)

    monkeypatch.setitem(kinds, FIRST, taking(5, "slow"))
    monkeypatch.setitem(kinds, SECOND, taking(1, "quick"))
    for _ in range(3):
        a_delivery()
        a_delivery(kind=SECOND)
    assert deliver() == 6
    assert order == ["quick", "slow", "quick", "quick", "slow", "slow"]


def test_what_was_written_long_ago_is_written_anew(monkeypatch):
    monkeypatch.setattr(sending, "FRESH_S", 0)
    rows = [a_delivery() for _ in range(3)]
    assert deliver() == 3
    assert {again(row).attempts for row in rows} == {1}


def test_nothing_is_sent_to_somebody_while_something_else_is():
    person = a_person()
    first = a_delivery(person=person)
    Delivery.objects.claim(20)
    second = a_delivery(person=person, kind=SECOND)
    assert again(second).state == Delivery.State.WAITING
    let_it_be_lost(first)
    assert deliver() == 2


def test_a_newer_one_of_which_one_alone_may_wait_is_taken_in(monkeypatch):
    at_once = Delivery.Kind.AT_ONCE
    monkeypatch.setitem(kinds, at_once, Kind(letters, 20))
    person = a_person()
    first = a_delivery("thread:1", kind=at_once, person=person, period="1")

    def refuse(self, messages):
        a_delivery("thread:1", kind=at_once, person=person, period="2")
        raise smtplib.SMTPDataError(451, b"not now")

    with monkeypatch.context() as busy:
        busy.setattr(f"{BACKEND}.send_messages", refuse)
        deliver()
    assert [row.pk for row in Delivery.objects.waiting()] == [first.pk]
    assert again(first).state == Delivery.State.SENT


def test_what_was_done_long_ago_is_forgotten():
    old, new = a_delivery(), a_delivery()
    deliver()
    Delivery.objects.with_ids([old.pk]).update(done_at=timezone.now() - timedelta(days=91))
    waiting = a_delivery(due_at=timezone.now() + timedelta(days=1))
    assert forget_deliveries() == 1
    assert {row.pk for row in Delivery.objects.all()} == {new.pk, waiting.pk}
