import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .resource import Resource

WEEK, DAY = timedelta(days=7), timedelta(days=1)
WAITED_FOR = timedelta(seconds=30)
RETRY_AFTER = [timedelta(minutes=10), timedelta(hours=2), timedelta(days=1)]  # then it is left as it is


class LinkPreviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of what `user` sees on a shelf: what was taken off it shows nothing of its page any more."""
        return self.filter(resource__in=Resource.objects.visible_to(user).wanted_by(user))

    def on_shelves(self):
        return self.filter(resource__in=Resource.objects.standing())

    def with_places(self):
        return self.select_related("resource__place__community")

    def with_picture(self):
        return self.exclude(picture="")

    def due(self):
        """Those to be fetched by now, the longest waiting first."""
        return self.on_shelves().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

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

    def to_check(self):
        """Those to be asked by now whether they still answer, the longest waiting first."""
        return self.on_shelves().filter(check_at__lte=timezone.now()).order_by("check_at", "pk")

    def take_to_check(self, preview):
        """Whether this call is the one that checks it; the next check is in a week, unless that call says otherwise."""
        return bool(self.filter(pk=preview.pk, check_at=preview.check_at).update(check_at=timezone.now() + WEEK))

    def check_later(self, previews, wait):
        return self.filter(pk__in=[preview.pk for preview in previews]).update(check_at=timezone.now() + wait)

    def answered_lately(self):
        """Those that answered within a day: while there is one, this machine reaches the web."""
        return self.filter(answered_at__gte=timezone.now() - DAY)

    def at_try(self, preview):
        """That preview, unless another try of it began meanwhile."""
        return self.filter(pk=preview.pk, attempts=preview.attempts)


def in_a_week():
    return timezone.now() + WEEK


def picture_path(preview, name):
    return f"previews/{preview.resource_id}-{uuid.uuid4()}.webp"


class LinkPreview(models.Model):
    """What the page behind a link says of itself: plain words, at most 2,400 bytes of them, and a picture, fetched
    with nobody's rights; and whether it still answers. Seen by whoever sees the resource.

    `due_at` is when it is to be fetched; None: it was, or never will be. A link that is *dead* failed its checks on two
    days, the first of them `failing_since`.
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

    check_at = models.DateTimeField(default=in_a_week, db_index=True)
    answered_at = models.DateTimeField(null=True, db_index=True)
    failing_since = models.DateTimeField(null=True)
    dead_since = models.DateTimeField(null=True)

    objects = LinkPreviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=~Q(due_at=None), name="preview_due")]
        constraints = [
            models.CheckConstraint(condition=Q(dead_since=None) | ~Q(failing_since=None), name="a_dead_link_failed")
        ]

    def __str__(self):
        return self.title or str(self.resource)

    @property
    def says_something(self):
        return bool(self.picture or self.description or self.own_title)

    @property
    def is_coming(self):
        """Whether a page that shows a link which was just shared may wait for it a little."""
        is_new = self.resource.created_at > timezone.now() - WAITED_FOR
        return is_new and bool(settings.OUTBOUND_PORTS) and self.fetched_at is None and self.failed_at is None

    @property
    def archive_url(self):
        """Where a reader may look for earlier versions; nothing of ours asks for it."""
        return f"https://web.archive.org/web/*/{self.resource.url}"

    @property
    def own_title(self):
        """What the page calls itself, where people call it something else."""
        return self.title if self.title != self.resource.title else ""
