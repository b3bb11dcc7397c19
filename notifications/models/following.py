"""What somebody chose to hear of a conversation, a place or a community. Private to them."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from .level import Level, about


class FollowingQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def of_people(self, people):
        return self.filter(person__in=people)

    def about(self, subjects):
        return self.filter(about(subjects))

    def muting(self, model):
        """Person and id of each row of `model` of which they want to hear nothing."""
        rows = self.at(Level.MUTED).filter(content_type=ContentType.objects.get_for_model(model))
        return set(rows.values_list("person", "object_id"))

    def at(self, level):
        return self.filter(level=level)

    def with_subjects(self):
        """With what they are about, in a query for each kind of it."""
        return self.prefetch_related("subject")


class Following(models.Model):
    """Only what somebody chose has a row; what counts without one is said by `level_of`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    level = models.CharField(max_length=8, choices=Level)
    set_at = models.DateTimeField(default=timezone.now)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "content_type", "object_id"], name="one_level_a_person_and_thing")
        ]
        indexes = [models.Index(fields=["content_type", "object_id", "level"])]

    def __str__(self):
        return f"{self.person}: {self.level} of {self.content_type_id}:{self.object_id}"
