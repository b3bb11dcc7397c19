import re
import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from markup import Picture

from .place import Place, places_visible_to

ADDRESS = re.compile(r"/c/[\w-]+/images/(\d{1,18})/", re.ASCII)
IN_A_TEXT = 50  # images that one text may show


class PlaceImageQuerySet(models.QuerySet):
    def uploaded_by(self, user):
        """Of `user`'s own, those of places that they may see."""
        return self.filter(uploaded_by=user.pk, place__in=places_visible_to(user))

    def named_in(self, source):
        """Those whose addresses stand in a text, with what their own address needs."""
        ids = dict.fromkeys(int(match[1]) for match in ADDRESS.finditer(source))
        return self.filter(pk__in=list(ids)[:IN_A_TEXT]).select_related("place__community")

    def with_communities(self):
        return self.select_related("place__community")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def never_used(self, *, before):
        """Those put here before a moment of which no text was saved that shows them."""
        return self.filter(used_at=None, created_at__lt=before).order_by("pk")


def image_path(image, name):
    return f"places/{image.place_id}/{image.key}.webp"


class PlaceImage(models.Model):
    """A picture that somebody put at a place to show it in their words. `used_at` is when a text with it was first
    saved; who may see it is for the texts to say that show it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="images")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="images")
    key = models.UUIDField(default=uuid.uuid4)
    file = models.FileField(upload_to=image_path)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceImageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uploaded_by", "key"], name="one_image_a_key")]
        indexes = [
            models.Index(fields=["uploaded_by", "-created_at"]),
            models.Index(fields=["created_at"], condition=models.Q(used_at=None), name="image_never_used"),
        ]

    def __str__(self):
        return f"{self.place} {self.pk}"

    def get_absolute_url(self):
        return reverse("image", args=[self.place.community.slug, self.pk])

    @property
    def picture(self):
        """What a text shows of it."""
        return Picture(self.get_absolute_url(), self.width, self.height)
