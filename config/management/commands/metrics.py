"""`manage.py metrics`: what /health/metrics says, for a machine without web processes."""

from typing import Any

from django.core.management.base import BaseCommand

from config.metrics import figures


class Command(BaseCommand):
    help = "Writes the figures that a monitor reads at /health/metrics."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(figures().decode(), ending="")
