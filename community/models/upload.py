import re
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .place import Place, places_visible_to

IN_A_TEXT = 50  # uploads of a kind that one text may show


class UploadQuerySet(models.QuerySet):
    """`ADDRESS` finds the addresses of such uploads in a text."""

    ADDRESS: re.Pattern[str]

    def uploaded_by(self, user):
        """Of `user`'s own, those of places that they may see."""
        return self.filter(uploaded_by=user.pk, place__in=places_visible_to(user))

    def named_in(self, source):
        """Those whose addresses stand in a text, with what their own address needs."""
        ids = dict.fromkeys(int(match[1]) for match in self.ADDRESS.finditer(source))
        return self.filter(pk__in=list(ids)[:IN_A_TEXT]).select_related("place__community")

    def with_communities(self):
        return self.select_related("place__community")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def never_used(self, *, before):
        """Those put here before a moment of which nothing was saved that shows them."""
        return self.filter(used_at=None, created_at__lt=before).order_by("pk")

    def note_used(self):
        """Keep them from the sweep: something that shows them was saved."""
        return self.filter(used_at=None).update(used_at=timezone.now())

    def bytes_of(self, user, community):
        """How much of what `user` put into a community there is, in bytes."""
        mine = self.filter(uploaded_by=user.pk, place__community=community)
        return mine.aggregate(sum=models.Sum("size_bytes"))["sum"] or 0


class Upload(models.Model):
    """What somebody put at a place to show it there. `used_at` is when something that shows it was first saved; who may
    see it is for what shows it to say."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="%(class)ss")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")
    key = models.UUIDField(default=uuid.uuid4)
    size_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
