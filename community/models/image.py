import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from markup import Picture

from .upload import Upload, UploadQuerySet, plain_words


class PlaceImageQuerySet(UploadQuerySet):
    ADDRESS = re.compile(r"/c/[\w-]+/images/(\d{1,18})/", re.ASCII)


def image_path(image, name):
    return f"places/{image.place_id}/{image.key}.webp"


class PlaceImage(Upload):
    """A picture that somebody put at a place to show it in their words."""

    file = models.FileField(upload_to=image_path)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

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

    def in_words(self, words=""):
        return f"![{plain_words(words or gettext('what it shows'))}]({self.get_absolute_url()})"

    @property
    def picture(self):
        """What a text shows of it."""
        return Picture(self.get_absolute_url(), self.width, self.height)
