"""What a monitor may ask of this site, as Prometheus reads it: what is to be sent, what waits, what is missing. That is
asked for when somebody wants to know, so it is the same from whichever process answers. What the processes of
one machine count is in config/measures.py."""

from collections.abc import Iterator
from contextlib import suppress

from django.utils import timezone
from kombu.exceptions import KombuError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from redis import RedisError

from notifications.models import Delivery, Event, MailHold, MailSettings, Pulse, backlogs

from . import replicas
from .celery import NAMES
from .celery import app as celery_app
from .measures import counted
from .queues import waiting_in
from .readiness import Lacks, lacks


class Outbox(Collector):
    """Deliveries by kind; nothing in it names a person or a community."""

    def collect(self) -> Iterator[Metric]:
        due = GaugeMetricFamily("weft_deliveries_due", "Deliveries that are due and not sent", labels=["kind"])
        oldest = GaugeMetricFamily(
            "weft_oldest_unsent_seconds", "Since when the oldest delivery is due and not sent", labels=["kind"]
        )
        to_come = GaugeMetricFamily("weft_deliveries_to_come", "Deliveries whose time will come", labels=["kind"])
        failed = GaugeMetricFamily("weft_deliveries_failed", "Deliveries that failed for good", labels=["kind"])
        known = {row.kind: row for row in backlogs()}
        for kind in Delivery.Kind.values:
            row = known.get(kind)
            due.add_metric([kind], row.due if row else 0)
            oldest.add_metric([kind], row.age_s if row else 0)
            to_come.add_metric([kind], row.to_come if row else 0)
            failed.add_metric([kind], row.failed if row else 0)
        yield from (due, oldest, to_come, failed)
        yield GaugeMetricFamily("weft_mail_held", "1 while an admin holds mail back", value=MailHold.objects.count())


class Untold(Collector):
    """Events that nobody was told of yet, and people whom no mail reaches."""

    def collect(self) -> Iterator[Metric]:
        waiting, oldest = Event.objects.untold()
        age_s = (timezone.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("weft_events_untold", "Events that are not fanned out", value=waiting)
        yield GaugeMetricFamily("weft_oldest_untold_seconds", "Age of the oldest of them", value=age_s)
        yield GaugeMetricFamily(
            "weft_people_unreachable",
            "People whose address takes no mail",
            value=MailSettings.objects.unreachable().count(),
        )


class Readiness(Collector):
    """What /health/ready says, and for how long who works behind the pages has been silent."""

    def __init__(self, missing: Lacks) -> None:
        self.missing = missing

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("weft_ready", "1 while nothing is missing", value=not self.missing)
        missing = GaugeMetricFamily("weft_missing", "What is, as /health/ready names it", labels=["part"])
        for part in self.missing:
            missing.add_metric([part], 1)
        yield missing


class Signs(Collector):
    def collect(self) -> Iterator[Metric]:
        found = GaugeMetricFamily("weft_silent_seconds", "Since the last sign of life of a part", labels=["part"])
        for part, age in Pulse.objects.ages().items():
            found.add_metric([part], age.total_seconds())
        yield found


class Queues(Collector):
    """Tasks that wait in the broker; those that a worker has taken are none of them."""

    def collect(self) -> Iterator[Metric]:
        lengths = GaugeMetricFamily("weft_queue_length", "Tasks that wait for a worker", labels=["queue"])
        ages = GaugeMetricFamily("weft_queue_age_seconds", "Age of the oldest of them", labels=["queue"])
        with suppress(KombuError, RedisError, OSError), celery_app.connection_for_read() as connection:
            for name in NAMES:
                length, age_s = waiting_in(connection.default_channel, name)
                lengths.add_metric([name], length)
                ages.add_metric([name], age_s)
        yield from (lengths, ages)


class Replicas(Collector):
    """How far each is behind, by its place in REPLICA_URLS."""

    def collect(self) -> Iterator[Metric]:
        follows = GaugeMetricFamily("weft_replica_follows", "1 while it answers and follows", labels=["replica"])
        lacks_bytes = GaugeMetricFamily("weft_replica_behind_bytes", "Log that it has not replayed", labels=["replica"])
        seconds = GaugeMetricFamily("weft_replica_behind_seconds", "Age of what it has", labels=["replica"])
        at = replicas.primary_position() if replicas.replicas() else (0, 0)
        for alias in replicas.replicas():
            found = replicas.behind(alias, at)
            follows.add_metric([alias], found is not None)
            if found:
                lacks_bytes.add_metric([alias], found[0])
                seconds.add_metric([alias], found[1])
        yield from (follows, lacks_bytes, seconds)


def figures() -> bytes:
    """The figures, as text. Without a database or a broker, all that doesn't come from there."""
    missing = lacks()
    collectors: list[Collector] = [Readiness(missing), Queues()]
    if not {"database", "migrations"} & set(missing):
        collectors += [Outbox(), Untold(), Signs(), Replicas()]
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    return generate_latest(registry) + generate_latest(counted())
