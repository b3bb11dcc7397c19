from django.conf import settings
from django.db import models
from django.utils import timezone

from .cohort import Cohort


class WelcomeQuerySet(models.QuerySet):
    def joined_to(self, communities):
        """Communities with the HTML of their `welcome`, None where they have none, in the same query."""
        theirs = self.filter(cohort__community=models.OuterRef("pk"))
        return communities.annotate(welcome=models.Subquery(theirs.values("html")[:1]))


class Welcome(models.Model):
    """What a cohort says to its members on its page, by way of a start."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="welcome")
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = WelcomeQuerySet.as_manager()

    def __str__(self):
        return f"Welcome to {self.cohort}"
