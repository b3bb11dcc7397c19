"""Spans for OpenTelemetry: requests, tasks, and what they ask of PostgreSQL and Redis. Imported only where
OTEL_EXPORTER_OTLP_ENDPOINT is set; the SDK reads the other OTEL_ variables itself."""

from collections.abc import Sequence
from typing import Any

from opentelemetry import trace as opentelemetry
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from .requests import request_id

KEPT = {"http.method", "http.request.method", "http.route", "http.status_code", "http.response.status_code"}
KEPT |= {"db.system", "db.system.name", "celery.action", "celery.state", "celery.task_name", "messaging.message.id"}
KEPT |= {"exception.type", "weft.request_id"}


def trace() -> None:
    resource = Resource.create({SERVICE_NAME: "weft"})  # OTEL_SERVICE_NAME wins
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(Discreet(OTLPSpanExporter())))
    opentelemetry.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(response_hook=name_request)
    CeleryInstrumentor().instrument()
    Psycopg2Instrumentor().instrument(skip_dep_check=True)  # it comes as psycopg2-binary
    RedisInstrumentor().instrument()


def name_request(span: Any, request: Any, response: Any) -> None:
    span.set_attribute("weft.request_id", request_id.get() or getattr(request, "id", ""))


class Discreet(SpanExporter):
    """Hands on what may be said: of addresses the route, of questions to the database that there were some."""

    def __init__(self, exporter: SpanExporter) -> None:
        self.exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self.exporter.export([bare(span) for span in spans])

    def shutdown(self) -> None:
        self.exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self.exporter.force_flush(timeout_millis)


def bare(span: ReadableSpan) -> ReadableSpan:
    events = [Event(each.name, _kept(each.attributes), each.timestamp) for each in span.events]
    return ReadableSpan(
        span.name,
        span.context,
        span.parent,
        span.resource,
        _kept(span.attributes),
        events,
        kind=span.kind,
        status=opentelemetry.Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kept(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in KEPT}
