from django.conf import settings
from django.db import models
from django.utils import timezone


class UsefulQuerySet(models.QuerySet):
    def by(self, person):
        return self.filter(person=person.pk)


class Useful(models.Model):
    """That somebody found a resource useful; counted on the resource, never on a person, and shown to nobody else."""

    resource = models.ForeignKey("resources.Resource", on_delete=models.CASCADE, related_name="found_useful")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = UsefulQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "person"], name="useful_once_a_person")]

    def __str__(self):
        return f"{self.person}: {self.resource_id}"
