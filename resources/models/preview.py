import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .resource import Resource

RETRY_AFTER = [timedelta(minutes=10), timedelta(hours=2), timedelta(days=1)]  # then it is left as it is


class LinkPreviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(resource__in=Resource.objects.visible_to(user), resource__removed_at=None)

    def with_picture(self):
        return self.exclude(picture="")

    def due(self):
        """Those to be fetched by now, the longest waiting first."""
        return self.filter(due_at__lte=timezone.now(), resource__removed_at=None).order_by("due_at", "pk")

    def claim(self, resource_id):
        """The preview of a resource if it is due, taken for this try; of many who ask at once one gets it.

        Who took it and died has lost it when the next try is due.
        """
        preview = self.due().select_related("resource").filter(resource=resource_id).first()
        if preview is None:
            return None
        tried = preview.attempts + 1
        again = timezone.now() + RETRY_AFTER[tried - 1] if tried <= len(RETRY_AFTER) else None
        taken = self.filter(pk=preview.pk, attempts=tried - 1).update(attempts=tried, due_at=again)
        preview.attempts, preview.due_at = tried, again
        return preview if taken else None

    def at_try(self, preview):
        """That preview, unless another try of it began meanwhile."""
        return self.filter(pk=preview.pk, attempts=preview.attempts)


def picture_path(preview, name):
    return f"previews/{preview.resource_id}-{uuid.uuid4()}.webp"


class LinkPreview(models.Model):
    """What the page behind a link says of itself: plain words, at most 2,400 bytes of them, and a picture, fetched
    with nobody's rights. Seen by whoever sees the resource.

    `due_at` is when it is to be fetched; None: it was, or never will be.
    """

    TITLE_MAX, SITE_MAX, DESCRIPTION_MAX = 200, 80, 320

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="preview")
    title = models.CharField(max_length=TITLE_MAX, blank=True)
    site = models.CharField(max_length=SITE_MAX, blank=True)
    description = models.CharField(max_length=DESCRIPTION_MAX, blank=True)
    picture = models.FileField(upload_to=picture_path, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = LinkPreviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=~Q(due_at=None), name="preview_due")]

    def __str__(self):
        return self.title or str(self.resource)

    @property
    def says_something(self):
        return bool(self.picture or self.description or self.own_title)

    @property
    def own_title(self):
        """What the page calls itself, where people call it something else."""
        return self.title if self.title != self.resource.title else ""
