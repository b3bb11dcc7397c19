from django.db import models

from .unit import Unit


class UnitLink(models.Model):
    """That a unit's text names a wiki page by this folded title, in each community that reads it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="one_link_a_unit_and_name")]
        indexes = [models.Index(fields=["name"], name="unit_link_name")]

    def __str__(self):
        return f"{self.unit}: {self.name}"
