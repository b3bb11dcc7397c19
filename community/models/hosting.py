"""Who hosts a community, and who would next."""

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from .role import Power, Role, roles_with


class HostingQuerySet(models.QuerySet):
    """Of memberships."""

    def hosts(self):
        return self.filter(role=Role.HOST)

    def without(self, membership):
        return self.exclude(pk=membership.pk)

    def able(self):
        """Those of people who can sign in."""
        return self.filter(user__is_active=True)

    def heirs(self):
        """Who may host after the last host has left, who should first: facilitators before others, and of these who
        has been here longest. Nobody who only reads, or whose writing is paused."""
        writing = Q(paused_until=None) | Q(paused_until__lte=timezone.now())
        there = self.filter(writing, left_at=None).able().exclude(role=Role.GUEST)
        guides_first = Case(When(role=Role.HOST, then=0), When(role=Role.FACILITATOR, then=1), default=2)
        return there.order_by(guides_first, "joined_at", "pk")

    def writing(self):
        """Those of people who write there now: no guests, nobody who is paused, nothing archived."""
        writing = Q(paused_until=None) | Q(paused_until__lte=timezone.now())
        return self.filter(writing, role__in=roles_with(Power.WRITE), community__archived_at=None)

    def of_community(self, community_id):
        return self.filter(community=community_id)

    def last_to_leave(self):
        return self.select_related("user").exclude(left_at=None).order_by("-left_at", "-pk").first()

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("community", "user")
