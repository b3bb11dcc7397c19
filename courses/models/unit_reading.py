"""How much of a unit somebody had on the screen. Private to them; reports say it of five people or more."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .cohort import UnitPlace


class UnitReadingQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person.pk)

    def newest_first(self):
        return self.order_by("-last_at", "-pk")

    def with_units(self):
        """With the unit, without its text, and the community that read it."""
        known = self.select_related("unit_place__unit", "unit_place__place", "unit_place__community")
        return known.defer("unit_place__unit__source", "unit_place__unit__html", "unit_place__unit__blocks")

    def visible_to(self, user):
        """One's own, of what one may still see."""
        return self.of(user).filter(unit_place__in=UnitPlace.objects.visible_to(user))


class UnitReading(models.Model):
    """How long one person had a unit on the screen, as one community reads it, and `share`, how much of it in percent.
    `read_at` is when that came to count as having read it. There is none of who doesn't want to be counted."""

    SECONDS_AT_ONCE = 60  # that a page may report
    SECONDS_MAX = 4 * 3600

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit_place = models.ForeignKey(UnitPlace, on_delete=models.CASCADE, related_name="readings")
    seconds = models.PositiveIntegerField(default=0)
    share = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = UnitReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_place", "person"], name="one_reading_a_person_and_place"),
            models.CheckConstraint(condition=Q(share__lte=100), name="reading_share_in_percent"),
        ]

    def __str__(self):
        return f"{self.person}: {self.unit_place}"

    @property
    def minutes(self):
        return max(1, round(self.seconds / 60))
