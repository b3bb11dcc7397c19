"""Who has not been here for a while, so that somebody says hello to them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .hosting import HostingQuerySet
from .role import Role

AWAY_DAYS = 10
GREETED = (Role.MEMBER, Role.ALUM)


class AwayQuerySet(HostingQuerySet):
    def of_slug(self, slug):
        return self.filter(community__slug=slug)

    def seen_before(self, day):
        """Those of people who were last here before that day, or of whom it isn't known."""
        return self.filter(Q(seen_on=None) | Q(seen_on__lt=day))

    def away(self):
        """Of members and alumni those who were not here for `AWAY_DAYS`, and let it be noted. By name: how long they
        have been away, and what they wrote before, is nobody's business."""
        since = timezone.now() - timedelta(days=AWAY_DAYS)
        people = self.filter(left_at=None, role__in=GREETED, user__is_active=True, user__is_reading_counted=True)
        absent = people.filter(joined_at__lte=since).filter(Q(seen_on=None) | Q(seen_on__lte=since.date()))
        return absent.select_related("user").order_by("user__name", "pk")

    def greeted(self):
        """Those to whom a guide wrote in the last `AWAY_DAYS`."""
        return self.filter(greeted_at__gt=timezone.now() - timedelta(days=AWAY_DAYS)).select_related("greeted_by")

    def not_greeted(self):
        since = timezone.now() - timedelta(days=AWAY_DAYS)
        return self.filter(Q(greeted_at=None) | Q(greeted_at__lte=since))


class Seen(models.Model):
    """When somebody was last here, and which guide wrote to them since."""

    seen_on = models.DateField(null=True, blank=True)  # the last day they opened a page here, if they let that be noted
    greeted_at = models.DateTimeField(null=True, blank=True)
    greeted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
