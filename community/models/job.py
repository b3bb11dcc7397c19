"""Work too long for a page: what is to be done, how far it is, and where it goes on after a worker died."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .community import Community, Membership
from .role import Power, roles_with


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that `user` began, and those of communities that they run; all for an L&D admin."""
        if user.is_staff and user.is_active:
            return self.all()
        run = Membership.objects.of(user).filter(role__in=roles_with(Power.RUN)).values("community")
        return self.filter(Q(by=user.pk) | Q(community__in=run)) if user.is_active else self.none()

    def unfinished(self):
        """What is to go on."""
        return self.filter(done_at=None, failed_at=None)

    def left_alone(self, *, since):
        """Unfinished work on which nobody has worked since then."""
        return self.unfinished().filter(worked_at__lt=since).order_by("worked_at")

    def of(self, community):
        return self.filter(community=community)

    def kind_of(self, kind):
        return self.filter(kind=kind)

    def newest_first(self):
        return self.order_by("-pk")


class Job(models.Model):
    """`kind` names the function that does a part of it at a time (community.actions.jobs); `arguments` is what it was
    asked for, `cursor` where it goes on, both by its kind. `done` of `total` things are done."""

    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    title = models.CharField(max_length=200)  # what the page calls it, in the language of who began it
    path = models.CharField(max_length=300)  # where it leads when it is done
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    arguments = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)  # why it failed, for people
    created_at = models.DateTimeField(default=timezone.now)
    worked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["worked_at"], condition=Q(done_at=None, failed_at=None), name="job_unfinished"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("job", args=[self.pk])

    @property
    def is_over(self):
        return self.done_at is not None or self.failed_at is not None

    @property
    def percent(self):
        if self.done_at:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
