"""Noting that something works."""

from django.utils import timezone

from ..models import Pulse


def note_pulse(name: str) -> None:
    """Note that `name` is alive: the worker of a queue, or beat. One statement, so any number may do so at once."""
    sign = Pulse(name=name, at=timezone.now())
    Pulse.objects.bulk_create([sign], update_conflicts=True, unique_fields=["name"], update_fields=["at"])
