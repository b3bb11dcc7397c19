"""Signs of life of what works behind the pages, so that its silence is seen."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

SILENT_AFTER = timedelta(minutes=2)  # six signs that did not come


class PulseQuerySet(models.QuerySet["Pulse"]):
    def ages(self) -> dict[str, timedelta]:
        """Of each that ever gave a sign, how long ago the last one was."""
        now = timezone.now()
        return {name: now - at for name, at in self.values_list("name", "at")}


class Pulse(models.Model):
    """When a worker last took a task from a queue of this name, and when `beat` last looked at its clock."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    objects = PulseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"


def silent_among(names: list[str]) -> dict[str, timedelta | None]:
    """Those of `names` that gave no sign lately, with how long ago the last one was; None if there was none ever."""
    ages = Pulse.objects.ages()
    return {name: ages.get(name) for name in names if ages.get(name, SILENT_AFTER) >= SILENT_AFTER}
