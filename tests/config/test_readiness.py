"""Whether this installation can do what it should, as a proxy and a monitor ask it."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from config import beat, readiness
from config.celery import NAMES, app
from notifications.models import Pulse
from notifications.tasks import give_pulse
from tests.needs import redis_server
from tests.serving import free_port, redis, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _asked_anew():
    readiness.forget()
    yield
    readiness.forget()


@pytest.fixture
def all_alive(db):
    beat.give_pulse()
    for name in NAMES:
        give_pulse(name)


def ask(name="ready", **more):
    readiness.forget()
    answer = Client().get(f"/health/{name}", **more)
    return answer.status_code, answer.json()["missing"]


def test_all_is_there(all_alive):
    assert ask() == (200, {})
    assert ask("serving") == (200, {})


def test_it_is_asked_over_http_and_by_any_name_and_kept_by_nobody(all_alive, settings):
    settings.SECURE_SSL_REDIRECT = True
    for name in ("live", "serving", "ready"):
        assert Client().get(f"/health/{name}", headers={"Host": "10.0.0.7:8000"}).status_code == 200
    assert Client().get("/health/ready")["Cache-Control"] == "no-store"
    assert Client().get("/accounts/login/").status_code == 301


def test_each_queue_is_rung_for_and_its_silence_is_named(all_alive):
    rung = {
        entry["options"]["queue"]: entry["args"] for name, entry in app.conf.beat_schedule.items() if "pulse" in name
    }
    assert rung == {name: (name,) for name in NAMES}
    Pulse.objects.filter(name="mail").update(at=timezone.now() - timedelta(minutes=3))
    Pulse.objects.filter(name="outbound").delete()
    status, missing = ask()
    assert status == 503
    assert missing["worker of outbound"] == "never said anything"
    assert missing["worker of mail"].startswith("said nothing for 18")
    assert len(missing) == 2
    assert ask("serving") == (200, {})


def test_without_beat_nothing_is_said_of_the_workers(all_alive):
    Pulse.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert list(ask()[1]) == ["beat"]


def test_beat_says_that_it_is_alive_as_it_ticks_and_goes_on_without_the_database(db, monkeypatch):
    monkeypatch.setattr("celery.beat.PersistentScheduler.tick", lambda self: 5.0)
    ticking = beat.Scheduler(app, lazy=True)
    ticking.tick()
    assert list(Pulse.objects.values_list("name", flat=True)) == ["beat"]
    ticking.said_at = -beat.PULSE_S

    def away(*_args, **_more):
        raise OperationalError

    with connection.execute_wrapper(away):
        assert ticking.tick() == 5.0


def test_a_migration_that_is_not_applied_is_named_and_a_newer_one_does_no_harm(all_alive):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("wiki", "9999_of_a_later_release")
    assert ask("serving") == (200, {})
    recorder.record_unapplied("wiki", "9999_of_a_later_release")
    last = next(name for app_label, name in readiness._last_of_each_app() if app_label == "wiki")
    recorder.record_unapplied("wiki", last)
    try:
        assert ask() == ask("serving") == (503, {"migrations": "not applied in wiki"})
    finally:
        recorder.record_applied("wiki", last)


def test_without_the_database_it_says_so_and_nothing_of_the_inside(all_alive, monkeypatch):
    def away(*_args):
        raise OperationalError("password of postgres://weft:secret@10.0.0.7")

    monkeypatch.setattr(readiness, "migrations", away)
    assert ask() == ask("serving") == (503, {"database": "does not answer"})
    assert Client().get("/health/live").status_code == 200


def test_nobody_waits_for_what_does_not_answer(all_alive, monkeypatch):
    monkeypatch.setattr(readiness, "DEADLINE_S", 0.1)
    monkeypatch.setattr(readiness, "disk", lambda: time.sleep(3) or {})
    began = time.monotonic()
    assert ask() == (503, {"disk": "does not answer"})
    assert time.monotonic() - began < 2.5


def test_asking_often_costs_nothing(all_alive, monkeypatch):
    assert ask() == (200, {})
    Pulse.objects.all().delete()
    assert Client().get("/health/ready").status_code == 200
    monkeypatch.setattr(readiness, "KEPT_S", 0)
    assert Client().get("/health/ready").status_code == 503


@pytest.mark.once
def test_a_redis_that_is_away_is_named_and_pages_are_served_without(all_alive, settings, tmp_path):
    program = redis_server()
    assert program
    with redis(program, tmp_path) as url:
        settings.REDIS_URL = settings.CELERY_BROKER_URL = url
        assert ask() == (200, {})
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
        assert ask() == (503, {"broker": "does not answer"})
        settings.CELERY_BROKER_URL = url
    wait_until(lambda: ask() == (503, {"redis": "does not answer"}))
    assert ask("serving") == (200, {})
    caches["default"].clear()


def test_little_room_is_named(all_alive, settings):
    settings.WATCH = replace(settings.WATCH, disk_free_bytes_min=2**60)
    assert ask() == (503, {"disk": f"less than {2**40} MB are free"})
