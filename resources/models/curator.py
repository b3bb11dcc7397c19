from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notification


class CuratorQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def standing(self):
        return self.filter(left_at=None)

    def accepted(self):
        return self.standing().exclude(accepted_at=None)

    def asked(self):
        """Those who have not answered yet."""
        return self.standing().filter(accepted_at=None)

    def with_people(self):
        return self.select_related("person").order_by("pk")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("collection").defer("collection__source", "collection__html")


class Curator(models.Model):
    """That somebody curates a collection, or is asked to until `accepted_at`; over when they left or declined."""

    collection = models.ForeignKey("resources.Collection", on_delete=models.CASCADE, related_name="curators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="curating")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = CuratorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "person"], name="one_curator_a_collection")]

    def __str__(self):
        return _("Curate “%(title)s” with them?") % {"title": self.collection.title}

    def get_absolute_url(self):
        return self.collection.get_absolute_url()

    def audience(self):
        """Who is asked, until they have answered."""
        if self.accepted_at or self.left_at or self.collection.removed_at:
            return {}
        return {self.person_id: Notification.Reason.PERSONAL}
