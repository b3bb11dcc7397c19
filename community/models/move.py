"""Moving people from one community to another."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .community import Community, Membership
from .job import Job


class MoveQuerySet(models.QuerySet):
    def out_of(self, community):
        return self.filter(source=community)

    def with_communities(self):
        return self.select_related("source", "target", "by")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("target")

    def newest_first(self):
        return self.order_by("-pk")


class Move(models.Model):
    """That somebody moved people from `source` to `target`, in the role that they had. Who came by it hears of it, at
    its end; `stayed` is how many could not be moved."""

    source = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="moves_out")
    target = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="moves_in")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    stayed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # who came by it

    objects = MoveQuerySet.as_manager()

    def __str__(self):
        return self.target.title

    def get_absolute_url(self):
        return self.target.get_absolute_url()

    @property
    def job(self):
        """The work that does it, where it is long; else None."""
        return Job.objects.filter(key=self.key).first()

    def audience(self):
        """Who was moved and is there."""
        here = Membership.objects.current().filter(community=self.target_id, user__in=self.people.all())
        return dict.fromkeys(here.values_list("user", flat=True), "personal")
