"""What is told to others of errors and of times: only where a setting says so, and nothing of people."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings as django_settings
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

pytestmark = pytest.mark.once
ASKED = """
import logging, os, sys
import uvicorn
uvicorn.Config("config.asgi:application", access_log=False)
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from config.wsgi import application
if logging.getLogger("uvicorn.access").hasHandlers():
    sys.exit("The web server logs who asks for what: setting up our logs gave its own logger its voice back.")
from celery.signals import worker_process_init
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import path
from wsgiref.util import setup_testing_defaults
from config import urls
from notifications import actions, tasks

def fail(*args, **more):
    words = "Herons nest here"
    raise IntegrityError("no two of one table\\nDETAIL: (Lindqvist)") from ValueError(f"{words} bo@example.org")

def work(*args, **more):
    return HttpResponse("ok")

urls.urlpatterns[:0] = [path("c/<slug:community>/fails/", fail), path("c/<slug:community>/works/", work)]
for page in ("works", "fails"):
    environ = {"PATH_INFO": f"/c/lindqvist/{page}/", "QUERY_STRING": "q=Herons", "HTTP_HOST": "localhost"}
    environ |= {"HTTP_COOKIE": "a=herons", "HTTP_USER_AGENT": "herons/1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    setup_testing_defaults(environ)
    answered = {}
    list(application(environ, lambda status, headers: answered.update(headers, status=status)))
    print(answered["status"][:3], answered["X-Request-ID"])
actions.note_pulse = fail
tasks.give_pulse.apply(args=["Lindqvist"])
print(*sorted({"sentry_sdk", "opentelemetry.exporter"} & sys.modules.keys()), sep=",")
if "sentry_sdk" in sys.modules:
    sys.modules["sentry_sdk"].flush()
if "opentelemetry.exporter" in sys.modules:
    from opentelemetry import trace
    trace.get_tracer_provider().force_flush()
"""
PRIVATE = ("lindqvist", "herons", "bo@example.org", "203.0.113")


class Sink(BaseHTTPRequestHandler):
    """Takes what is posted, as a service would."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, gzip.decompress(body) if self.headers["Content-Encoding"] else body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def sink():
    with HTTPServer(("127.0.0.1", 0), Sink) as server:
        server.taken = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def run(folder, **more):
    """What a process that answers requests and works prints."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL", "SENTRY"))}
    given |= {"WEFT_DATA_DIR": str(folder), "LOG_LEVEL": "CRITICAL", **more}
    command = [sys.executable, "-W", "ignore", "-c", ASKED]
    done = subprocess.run(command, env=given, cwd=django_settings.BASE_DIR, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    *answers, modules = done.stdout.splitlines()
    return [answer.split() for answer in answers], modules


def test_nothing_is_told_or_even_imported_unless_a_setting_says_so(tmp_path):
    answers, modules = run(tmp_path)
    assert [status for status, _id in answers] == ["200", "500"]
    assert modules == ""


def test_errors_are_told_with_the_id_of_their_request_and_nothing_of_people(tmp_path, sink):
    answers, modules = run(tmp_path, SENTRY_DSN=f"http://key@127.0.0.1:{sink.server_port}/1")
    assert modules == "sentry_sdk"
    assert {path for path, _body in sink.taken} == {"/api/1/envelope/"}
    events = [json.loads(line) for _path, body in sink.taken for line in body.splitlines() if b'"exception"' in line]
    (event,) = (event for event in events if event["tags"]["request_id"] == answers[1][1])
    told = {each["type"]: each["value"] for each in event["exception"]["values"]}
    assert told == {"IntegrityError": "no two of one table", "ValueError": ""}
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "fail"
    assert [each["tags"]["task"] for each in events if each is not event] == ["notifications.tasks.give_pulse"]
    everything = b"".join(body for _path, body in sink.taken).decode().lower()
    assert [word for word in PRIVATE if word in everything] == []


def test_times_are_told_by_route_and_nothing_of_people(tmp_path, sink):
    answers, modules = run(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{sink.server_port}")
    assert modules == "opentelemetry.exporter"
    assert {path for path, _body in sink.taken} == {"/v1/traces"}
    messages = [ExportTraceServiceRequest.FromString(body) for _path, body in sink.taken]
    spans = [
        span for message in messages for each in message.resource_spans for s in each.scope_spans for span in s.spans
    ]
    found = {span.name: {each.key: each.value.string_value for each in span.attributes} for span in spans}
    assert found["GET c/<slug:community>/works/"]["weft.request_id"] == answers[0][1]
    assert found["GET c/<slug:community>/fails/"]["weft.request_id"] == answers[1][1]
    assert found["run/notifications.tasks.give_pulse"]["celery.task_name"] == "notifications.tasks.give_pulse"
    everything = b"".join(body for _path, body in sink.taken).decode("latin1").lower()
    assert [word for word in PRIVATE if word in everything] == []
