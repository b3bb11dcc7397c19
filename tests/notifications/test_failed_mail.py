"""What failed, what waits and since when: the page of L&D admins, and the figures for a monitor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import AuditEntry
from notifications.actions import deliver, note_unreachable
from notifications.actions.kinds import Kind
from notifications.models import Delivery, MailHold, backlogs
from tests import factories as make

URL = "/manage/mail/"


@pytest.fixture
def failed(world):
    return a_delivery(
        world.bo, state="failed", error="SMTPDataError: (554, b'no')", attempts=8, failures=8, done_at=timezone.now()
    )


def a_delivery(person, kind="at_once", **more):
    number = Delivery.objects.count()
    known = {"subject": f"thread:{number}", "period": str(number), "message_id": f"<{number}@example.org>"}
    return Delivery.objects.create(person=person, kind=kind, **{**known, **more})


def state_of(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_the_page_says_to_whom_what_when_and_why(world, client_of, failed):
    a_delivery(None, kind="invitation", email="new@example.org", state="failed", error="Refused")
    note_unreachable(email=world.fay.email, cause="bounced", why="550 gone")
    page = client_of(world.alice).get(URL).content.decode()
    for words in ("Bo Lindqvist", "bo@example.org", "Mail at once", "554", "new@example.org", "Refused", "550 gone"):
        assert words in page


def test_it_asks_as_often_for_many_as_for_one(world, client_of, failed, django_assert_num_queries):
    client = client_of(world.alice)
    client.get(URL)
    with django_assert_num_queries(9):
        client.get(URL)
    for _n in range(5):
        person = make.a_person()
        a_delivery(person, state="failed")
        a_delivery(person)
        note_unreachable(email=person.email, cause="refused", why="no")
    with django_assert_num_queries(9):
        client.get(URL)


def test_one_is_tried_again_and_one_given_up(world, client_of, failed, rung, django_capture_on_commit_callbacks):
    other, client = a_delivery(world.fay, state="failed"), client_of(world.alice)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{URL}retry/", {"mail": failed.pk})
    assert ("notifications.tasks.deliver", (), {}) in rung
    assert (state_of(failed), failed.attempts) == ("waiting", 0)
    client.post(f"{URL}give-up/", {"mail": other.pk})
    assert state_of(other) == "dropped"
    client.post(f"{URL}give-up/")  # which names nothing
    client.post(f"{URL}give-up/", {"mail": "x"})
    assert [entry.act for entry in AuditEntry.objects.order_by("pk")][-2:] == ["mail_retried", "mail_given_up"]


def test_all_are_tried_again_but_what_a_newer_one_tells(world, client_of, failed):
    newer = a_delivery(world.bo, subject=failed.subject)
    others = [a_delivery(make.a_person(), state="failed") for _n in range(3)]
    sent = a_delivery(world.fay, state="sent")
    client_of(world.alice).post(f"{URL}retry/")
    assert [state_of(row) for row in (failed, newer, sent, *others)] == [
        *("dropped", "waiting", "sent"),
        *(["waiting"] * 3),
    ]


def test_held_mail_waits_until_it_is_let_go(world, client_of, monkeypatch):
    monkeypatch.setattr("notifications.actions.delivering.kinds", {"digest": Kind(lambda rows: {}, together=9)})
    waiting, client = a_delivery(world.bo, kind="digest"), client_of(world.alice)
    for _press in range(2):
        client.post(f"{URL}hold/")
    assert MailHold.objects.count() == 1
    assert "Alice Moreau holds all mail back" in client.get(URL).content.decode()
    deliver()
    assert state_of(waiting) == "waiting"
    client.post(f"{URL}hold/", {"go": "1"})
    deliver()
    assert state_of(waiting) == "dropped"  # there was nothing to say
    assert [entry.act for entry in AuditEntry.objects.order_by("pk")][-2:] == ["mail_held", "mail_let_go"]


def test_the_oldest_counts_from_when_it_was_due_first(world):
    now = timezone.now()
    a_delivery(world.bo, due_at=now + timedelta(minutes=10))
    a_delivery(world.bo, kind="digest", due_at=now - timedelta(minutes=2))
    a_delivery(
        world.fay, kind="digest", due_at=now + timedelta(hours=1), failures=3, created_at=now - timedelta(hours=2)
    )
    a_delivery(world.fay, state="failed")
    rows = {row.kind: row for row in backlogs()}
    assert (rows["at_once"].due, rows["at_once"].to_come, rows["at_once"].failed) == (0, 1, 1)
    assert (rows["digest"].due, rows["digest"].is_late) == (2, True)
    assert rows["digest"].age_s == pytest.approx(7200, abs=60)


def test_the_page_warns_of_late_mail(world, client_of):
    a_delivery(world.bo, kind="digest", due_at=timezone.now() - timedelta(minutes=2))
    assert "Mail is late" not in client_of(world.alice).get(URL).content.decode()
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    assert "Mail is late" in client_of(world.alice).get(URL).content.decode()


def metric(client, name, **headers):
    answer = client.get("/health/metrics", headers=headers)
    lines = answer.content.decode().splitlines()
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def test_a_monitor_reads_the_figures(world, failed):
    a_delivery(world.bo, kind="digest", due_at=timezone.now() - timedelta(minutes=2))
    make.a_thread(world.place, author=world.bo)
    client = Client()
    assert metric(client, 'weft_deliveries_failed{kind="at_once"}') == 1
    assert metric(client, 'weft_deliveries_due{kind="digest"}') == 1
    assert metric(client, 'weft_oldest_unsent_seconds{kind="digest"}') == pytest.approx(120, abs=30)
    assert metric(client, 'weft_oldest_unsent_seconds{kind="push"}') == 0
    assert metric(client, "weft_events_untold") >= 1
    assert metric(client, "weft_people_unreachable") == 0
    assert metric(client, "weft_mail_held") == 0


def test_nobody_else_reads_them(db, settings):
    def status(address="127.0.0.1", **headers):
        return Client(REMOTE_ADDR=address).get("/health/metrics", headers=headers).status_code

    assert status() == 200
    assert status("203.0.113.9") == 404
    assert status(X_Forwarded_For="127.0.0.1") == 404
    assert status(Forwarded="for=127.0.0.1") == 404
    settings.BEHIND_PROXY = True
    assert status() == 404
    settings.METRICS_TOKEN = "long-and-secret"
    assert status() == 404
    assert status("203.0.113.9", Authorization="Bearer guessed") == 404
    assert status("203.0.113.9", Authorization="Bearer long-and-secret") == 200
