"""What the logs say: enough to find what went wrong, and nothing of people."""

import io
import json
import logging
import re
import subprocess
import sys

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from config.celery import app
from config.discretion import without_addresses
from config.lines import Json, Plain
from config.requests import request_id
from notifications.mail.stopping import token_for
from notifications.tasks import give_pulse
from tests.access import ROWS, arguments
from tests.factories import PASSWORD
from tests.serving import wait_until

pytestmark = pytest.mark.django_db
WORDS = "Herons nest beside the old mill"


class Lines:
    def __init__(self):
        self.stream = io.StringIO()

    @property
    def text(self):
        return self.stream.getvalue()

    def all(self, **wanted):
        rows = map(json.loads, self.text.splitlines())
        return [row for row in rows if all(row.get(name) == value for name, value in wanted.items())]


@pytest.fixture
def lines(monkeypatch, logged_errors):
    """What is logged, as in production."""
    found = Lines()
    handler = logging.StreamHandler(found.stream)
    handler.setFormatter(Json())
    loggers = [logging.getLogger(name) for name in (None, *django_settings.LOGGING["loggers"])]
    monkeypatch.setattr(loggers[0], "level", logging.INFO)
    logging.getLogger("config.requests").manager._clear_cache()
    for logger in loggers:
        logger.addHandler(handler)
    yield found
    for logger in loggers:
        logger.removeHandler(handler)
    monkeypatch.undo()
    logging.getLogger("config.requests").manager._clear_cache()


@pytest.fixture
def fails(monkeypatch):
    def so_that(error):
        def fail(*_args, **_more):
            raise error

        monkeypatch.setattr("notifications.views.listing.Paginator", fail)
        return "/notifications/"

    return so_that


def test_each_page_has_a_line_and_its_answer_the_id(lines, world, client_of):
    answer = client_of(world.bo).get(world.community.get_absolute_url())
    (line,) = lines.all(request_id=answer["X-Request-ID"])
    assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"])
    assert line["route"] == "c/<slug:community>/"
    assert (line["method"], line["status"], line["user"], line["level"]) == ("GET", 200, world.bo.pk, "INFO")
    assert 0 < line["ms"] < 30_000
    assert line["time"].endswith("+00:00")
    Client().get("/static/css/app.css")
    Client().get("/health/live")
    assert len(lines.all()) == 1


def test_only_a_proxy_in_front_says_which_id(client, settings):
    def id_for(said):
        return client.get("/offline/", headers={"X-Request-ID": said})["X-Request-ID"]

    assert id_for("of-somebody-1") != "of-somebody-1"
    settings.BEHIND_PROXY = True
    assert id_for("7b0f6a52-4c1e-4a5e-9b7e-3f1c") == "7b0f6a52-4c1e-4a5e-9b7e-3f1c"
    for odd in ("short", "x" * 65, 'a"b,c":"dddddd', "a b c d e f g", "ünüsüälly"):
        assert re.fullmatch(r"[0-9a-f]{16}", id_for(odd))
    assert id_for("of-somebody-1") == "of-somebody-1"
    assert request_id.get() == ""


def test_a_fault_is_found_by_the_id_on_its_page(lines, world, client_of, fails, logged_errors):
    client = client_of(world.bo)
    client.raise_request_exception = False
    answer = client.get(fails(ValueError(f"{world.bo.name} said {WORDS}")))
    logged_errors.clear()
    (line,) = lines.all(level="ERROR")
    assert line["request_id"] == answer["X-Request-ID"]
    assert f"<code>{line['request_id']}</code>" in answer.content.decode()
    assert line["message"] == "500 GET notifications/"
    assert "ValueError\n" in line["error"]
    assert re.search(r"^  notifications/views/listing.py:\d+ \w+$", line["error"], flags=re.MULTILINE)
    assert re.search(r"^  django/core/handlers/\w+.py:\d+ inner$", line["error"], flags=re.MULTILINE)


def test_of_an_error_only_words_of_code_and_tables_are_kept(lines, world, client_of, fails, logged_errors):
    client = client_of(world.bo)
    client.raise_request_exception = False
    inner = OSError(2, "No such file or directory", f"/uploads/{world.bo.name}.png")
    outer = IntegrityError(f'duplicate key value in "accounts_user_email"\nDETAIL:  Key (name)=({world.bo.name})')
    outer.__cause__ = inner
    client.get(fails(outer))
    logged_errors.clear()
    error = lines.all(level="ERROR")[0]["error"]
    assert 'IntegrityError: duplicate key value in "accounts_user_email"\n' in error
    assert error.startswith("FileNotFoundError: No such file or directory\n")
    assert world.bo.name not in lines.text


@pytest.mark.once
def test_nothing_of_people_is_in_the_logs_after_a_walk(lines, world, client_of, logged_errors):
    taken, client, stop = arguments(world), client_of(world.bo), token_for(world.bo, world.community)
    client.raise_request_exception = False
    for name, method, *_seen in ROWS[::10]:
        if method == "GET" and name not in ("favicon", "ready") and not name.startswith("account_"):
            client.get(f"{reverse(name, args=taken.get(name, []))}?q=Lindqvist&secret={stop}")
    for method, path, form in [
        ("post", "/accounts/login/", {"login": world.bo.email, "password": "mill-wheel-9"}),
        ("post", "/accounts/login/", {"login": world.fay.email, "password": PASSWORD}),
        ("post", f"/stop/{stop}/", {}),
        ("post", "/accounts/password/reset/", {"email": world.al.email}),
        ("get", f"/people/{world.alice.handle}/nothing/{stop}/?q={WORDS}", {}),
        ("get", "/accounts/confirm-email/MTIz:abcdefgh/", {}),
        ("put", f"/people/{world.alice.handle}/", {}),
    ]:
        getattr(Client(), method)(path, form, headers={"User-Agent": "heron/1"})
    Client(enforce_csrf_checks=True).post(f"/people/{world.alice.handle}/", {"body": WORDS})
    Client().get("/", headers={"Host": f"{world.bo.handle}.lindqvist.example"})
    logging.getLogger("notifications").warning("Delivery %s has failed: 550 <%s> unknown", 5, world.bo.email)
    logging.getLogger("notifications").error("The host of %s", "https://u:pass-word@h.example/?key=1", exc_info=True)
    logged_errors.clear()
    assert len(lines.all(logger="config.requests")) > 15
    assert {"method", "route", "status", "ms", "user"} <= set(lines.all()[0])
    assert [word for word in forbidden(world, client, stop) if re.search(rf"\b{re.escape(word)}\b", lines.text)] == []
    assert re.findall(r"[^ ]*\?[^… \"]+[^ ]*", re.sub(r"\(\?P?<?\w*>?[^)]*\)", "", lines.text)) == []
    assert "(address)" in lines.text


def forbidden(world, client, stop):
    people = [person for person in world.cast.values() if person]
    words = [word for person in people for word in (person.name, *person.name.split(), person.email, person.handle)]
    words += [world.community.slug, world.community.title, world.course.slug, world.unit.title, "Herons", "mill"]
    words += [client.cookies["weft-session"].value, stop, "pass-word", "abcdefgh", "lindqvist", "heron"]
    return words


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_task_says_for_which_request_it_works_and_not_what_it_was_given(lines, monkeypatch, logged_errors):
    seen = []

    def fail(queue):
        seen.append(queue)
        raise ValueError(WORDS)

    monkeypatch.setattr("notifications.actions.note_pulse", fail)
    monkeypatch.setattr("django.setup", lambda: None)  # or it sets up the logs anew
    before = request_id.set("of-this-request")
    give_pulse.delay("Lindqvist")
    request_id.reset(before)
    give_pulse.delay("Lindqvist")
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="INFO"):
        wait_until(lambda: len(lines.all(level="ERROR")) == 2)
    logged_errors.clear()
    first, second = lines.all(level="ERROR")
    assert (first["request_id"], first["task"]) == ("of-this-request", "notifications.tasks.give_pulse")
    assert second["request_id"] in second["message"]
    assert second["request_id"] != "of-this-request"
    assert "ValueError" in first["error"]
    assert not re.search(f"Herons|{seen[0]}", lines.text)
    assert request_id.get() == ""


def test_where_somebody_reads_along_lines_are_plain():
    record = logging.LogRecord("config", logging.ERROR, "", 1, "for %s", ("a@example.org",), None)
    record.status, record.request = 500, None
    assert re.fullmatch(r"\d{4}-\S+ \S+ ERROR config - for \(address\) 500", Plain().format(record))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 <bo.l+x@sub.example.org>: no", "550 <(address)>: no"),
        ("smtp://bo@example.org:587", "smtp://(address):587"),
        ("GET https://h.example/a/?token=1&b=2 failed", "GET https://h.example/a/?… failed"),
        ("Error 111 connecting to 127.0.0.1:6379.", "Error 111 connecting to 127.0.0.1:6379."),
    ],
)
def test_addresses_and_questions_are_left_out(said, kept):
    assert without_addresses(said) == kept


def test_a_server_that_was_told_so_adds_no_line_of_its_own_for_each_request():
    asked = "import logging, uvicorn; uvicorn.Config('config.asgi:application', access_log=False).load(); "
    asked += "print(logging.getLogger('uvicorn.access').isEnabledFor(logging.INFO))"
    command = [sys.executable, "-c", asked]
    said = subprocess.run(command, cwd=django_settings.BASE_DIR, capture_output=True, text=True)
    assert said.stdout.strip() == "False", said.stderr
