from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from notifications.models import Notification

from .cohort import Cohort


class ShiftQuerySet(models.QuerySet):
    def of(self, cohort):
        return self.filter(cohort=cohort)

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("cohort__community", "cohort__course")


class Shift(models.Model):
    """That dates of a cohort moved, how many, by whom and when: what its people are told of."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="shifts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)

    objects = ShiftQuerySet.as_manager()

    def __str__(self):
        return ngettext("%(n)s date is another now", "%(n)s dates are others now", self.count) % {"n": self.count}

    def get_absolute_url(self):
        """The course as the cohort takes it, with its dates."""
        return f"{reverse('course', args=[self.cohort.course.slug])}?with={self.cohort.community.slug}"

    def audience(self):
        members = self.cohort.community.memberships.current().values_list("user", flat=True)
        return dict.fromkeys(members, Notification.Reason.EVERYBODY)
