from django.conf import settings
from django.db import models
from django.utils import timezone

from .unit import Unit


class UnitRevisionQuerySet(models.QuerySet):
    def numbered(self, number):
        return self.filter(number=number)

    def below(self, number):
        return self.filter(number__lt=number)

    def without_texts(self):
        return self.defer("source")

    def newest_first(self):
        return self.order_by("-number")

    def with_people(self):
        return self.select_related("author", "suggested_by")


class UnitRevision(models.Model):
    """One version of a unit's text. Never changed. Where it came of a suggestion, its author is who accepted that."""

    NOTE_MAX = 200

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=Unit.TITLE_MAX)
    summary = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    note = models.CharField(max_length=NOTE_MAX, blank=True)  # what changed, and why
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = UnitRevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_unit_revision_a_number")]

    def __str__(self):
        return f"{self.unit} {self.number}"
