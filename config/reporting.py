"""Telling others of errors and of how long things take: Sentry, and whatever takes OpenTelemetry. Only where a setting
names one; else none of it is even imported. What they are told of people is what logs may say: nothing."""

from collections.abc import Iterator
from typing import Any

from celery.signals import worker_process_init
from django.conf import settings

from .discretion import without_addresses, words_of
from .requests import request_id, task_name

KEPT = {"event_id", "timestamp", "platform", "level", "logger", "release", "environment", "server_name", "sdk"}
KEPT_OF_FRAMES = {"filename", "module", "function", "lineno", "in_app", "context_line", "pre_context", "post_context"}


@worker_process_init.connect
def start(**_: Any) -> None:
    """In each process that answers requests or works, once it is forked."""
    if settings.WATCH.sentry_dsn:
        report_errors(settings.WATCH.sentry_dsn)
    if settings.WATCH.otlp_endpoint:
        from .spans import trace

        trace()


def report_errors(dsn: str) -> None:
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn,
        before_send=discreet,  # type: ignore[arg-type]
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        auto_enabling_integrations=False,
        send_client_reports=False,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False), CeleryIntegration()],
        shutdown_timeout=2,
    )


def discreet(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """What may be said of an error; all else that was found out about it is left here. Its request id leads to the
    lines of the logs."""
    told = {name: event[name] for name in KEPT & event.keys()}
    words = {type(error).__name__: words_of(error) for error in _errors_of(hint)}
    found = event.get("exception", {}).get("values", [])
    told["exception"] = {"values": [_exception(each, words.get(each.get("type"), "")) for each in found]}
    if message := event.get("logentry", {}).get("message"):  # before what it is about was put in
        told["logentry"] = {"message": without_addresses(message)}
    told["tags"] = {"request_id": request_id.get(), "task": task_name.get()}
    return told


def _exception(found: dict[str, Any], words: str) -> dict[str, Any]:
    frames = (found.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame[name] for name in KEPT_OF_FRAMES & frame.keys()} for frame in frames]
    return {"type": found.get("type"), "module": found.get("module"), "value": words, "stacktrace": {"frames": kept}}


def _errors_of(hint: dict[str, Any]) -> Iterator[BaseException]:
    error = (hint.get("exc_info") or (None, None))[1]
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
