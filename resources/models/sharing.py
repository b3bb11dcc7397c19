import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson
from community.models import places_visible_to
from notifications.models import Notification


class SharingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(resource__place__in=places_visible_to(user))

    def standing(self):
        return self.filter(removed_at=None)

    def unhidden_from(self, user):
        return self.exclude(sharer__in=HiddenPerson.objects.hidden_from(user.pk))

    def wanted_by(self, user):
        """Those that stand, of resources that no guide removed, by people whom `user` has not blocked."""
        return self.standing().unhidden_from(user).filter(resource__removed_at=None)

    def leading_for(self, user):
        """Of each resource that `user` sees on a shelf the first sharing that they want to see: a row of a shelf.
        With how many stand beside it as `others`."""
        of_it = Sharing.objects.wanted_by(user).filter(resource=OuterRef("resource")).order_by()
        first = of_it.order_by("pk").values("pk")[:1]
        others = of_it.values("resource").annotate(n=Count("pk") - 1).values("n")
        rows = self.visible_to(user).filter(pk=Subquery(first)).annotate(others=Coalesce(Subquery(others), 0))
        return rows.select_related("resource__talk", "resource__preview", "sharer").prefetch_related("resource__tags")

    def at(self, place):
        return self.filter(resource__place=place)

    def of(self, resource):
        return self.filter(resource=resource)

    def by(self, sharer):
        return self.filter(sharer=sharer)

    def saying(self, words):
        return self.filter(source=words)

    def shelf_of(self, place, user):
        """What `user` sees on the shelf of `place`, newest first, a row for each resource."""
        return self.leading_for(user).at(place).newest_resources_first()

    def newest_resources_first(self):
        return self.order_by("-resource__created_at", "-resource")

    def before(self, sharing):
        return self.filter(pk__lt=sharing.pk)

    def in_order(self):
        return self.order_by("created_at", "pk")

    def with_people(self):
        return self.select_related("sharer")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("resource__place__community").defer("source", "html", "resource__source")


class Sharing(models.Model):
    """That somebody shared a resource, when, and why it is worth it: `source`, which may be empty. Gone when its sharer
    took it back or a guide removed it; a resource none of whose sharings stand is on no shelf."""

    resource = models.ForeignKey("resources.Resource", on_delete=models.CASCADE, related_name="sharings")
    sharer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sharings")
    key = models.UUIDField(default=uuid.uuid4)
    source = models.TextField(_("Why is it worth it?"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sharer", "key"], name="one_sharing_a_key")]
        indexes = [models.Index(fields=["resource", "created_at"]), models.Index(fields=["sharer", "-created_at"])]

    def __str__(self):
        return self.resource.name

    def get_absolute_url(self):
        return f"{self.resource.get_absolute_url()}#sharing-{self.pk}"

    def audience(self):
        """User id → why it concerns them: who is named in it, and who shared the same before. Nobody once it is
        gone."""
        if self.removed_at or self.resource.removed_at:
            return {}
        before = Sharing.objects.standing().of(self.resource_id).before(self).values_list("sharer", flat=True)
        people = dict.fromkeys(before, Notification.Reason.TAKING_PART)
        people |= dict.fromkeys(self.mentioned.values_list("pk", flat=True), Notification.Reason.MENTION)
        people.pop(self.sharer_id, None)
        return people
