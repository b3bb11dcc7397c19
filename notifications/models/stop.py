"""Mail stopped by a link in a mail."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone


class StopQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def standing(self):
        return self.filter(undone_at=None)

    def about(self, subject):
        """The one of this subject; of all mail for None."""
        kind = ContentType.objects.get_for_model(subject) if subject is not None else None
        return self.filter(content_type=kind, object_id=subject.pk if subject is not None else None)


class Stop(models.Model):
    """That somebody stopped the mail about a subject (a thread, a place, a community; all for none) by the link of a
    mail. `before` says what they had chosen for it and for what stands in it, so that it can be undone:
    `[app.model, id, level]` each."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stops")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey()
    before: Any = models.JSONField(default=list)
    stopped_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "content_type", "object_id"],
                condition=Q(undone_at=None, object_id__isnull=False),
                name="one_standing_stop",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(undone_at=None, object_id__isnull=True),
                name="one_standing_stop_of_all",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.subject or 'all mail'}"
