"""That somebody who has been through a unit is glad to help others with it."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone

from .progress import done_by
from .unit import Unit


class HelpOfferQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person.pk)

    def about(self, unit):
        return self.filter(unit=unit)

    def standing(self):
        """Those of people who are still done with the unit."""
        return self.annotate(done=done_by(OuterRef("person"), "unit", "unit__done_when")).exclude(done="")


class HelpOffer(models.Model):
    """Once for a person and a unit; with it they let others know that they have been through it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="help_offers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="help_offers")
    offered_at = models.DateTimeField(default=timezone.now)

    objects = HelpOfferQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "person"], name="one_help_offer")]

    def __str__(self):
        return f"{self.person}: {self.unit}"
