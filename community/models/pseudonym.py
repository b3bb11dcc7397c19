from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .community import Community


class PseudonymQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)

    def of(self, person):
        return self.filter(person=person.pk)

    def to(self, community):
        return self.filter(community=community)


class Pseudonym(models.Model):
    """Under what name the words of somebody stand who left a community without leaving their name. `stand_in` is an
    account that nobody can sign in to; whose it is, is shown to nobody, and serves to take the name back."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="pseudonyms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pseudonyms")
    stand_in = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PseudonymQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(ended_at=None), name="one_standing_pseudonym"
            ),
            models.UniqueConstraint(fields=["community", "number"], name="one_pseudonym_a_number"),
        ]

    def __str__(self):
        return f"{self.community}: {self.number}"
