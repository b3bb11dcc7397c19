"""The browsers in which somebody wants to be told at once."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .level import MANY

MOST = 10  # browsers a person; with more the oldest is forgotten


class BrowserQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def at(self, endpoint):
        return self.filter(endpoint=endpoint)

    def signed_in(self):
        """Those in which the person is still signed in as they were when they asked: who signed out is told nothing
        there any more, and neither is whoever uses that browser next."""
        lasting = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
        return self.filter(Exists(lasting))

    def people_among(self, people: Collection[int]) -> set[int]:
        """Ids of those of `people` who have one. In one query."""
        found = self if len(people) > MANY else self.filter(person__in=people)
        return set(found.values_list("person", flat=True)) & set(people)

    def beyond_most(self):
        return self.order_by("-pk").values_list("pk", flat=True)[MOST:]

    def with_ids(self, ids):
        return self.filter(pk__in=ids)


class Browser(models.Model):
    """One that asked its push service for messages of this site: where that service takes them, the keys by which only
    this browser reads them, and by which sign-in it was asked. Off unless somebody asks."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="browsers")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    session_key = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now)

    objects = BrowserQuerySet.as_manager()

    def __str__(self):
        return f"{self.person_id}: {self.pk}"
