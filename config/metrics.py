"""What a monitor may ask of this site: figures of what is to be sent, as Prometheus reads them. All come from the
database when they are asked for, so they are the same from whichever process answers."""

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from notifications.models import Delivery, Event, MailHold, MailSettings, backlogs


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


def figures() -> bytes:
    """The figures, as text."""
    registry = CollectorRegistry()
    for collector in (Outbox(), Untold()):
        registry.register(collector)
    return generate_latest(registry)
