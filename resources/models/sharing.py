import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson, User
from community.models import places_visible_to
from notifications.models import Notification

from .tag import Tagging
from .told import ToldSharingQuerySet
from .useful import Useful


class SharingQuerySet(ToldSharingQuerySet):
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
        mine = Useful.objects.by(user).filter(resource=OuterRef("resource"))
        rows = rows.annotate(is_useful=Exists(mine))
        rows = rows.select_related("resource__talk", "resource__preview", "resource__file", "sharer")
        return rows.prefetch_related("resource__tags")

    def at(self, place):
        return self.filter(resource__place=place)

    def of(self, resource):
        return self.filter(resource=resource)

    def of_resources(self, resources):
        return self.filter(resource__in=resources)

    def by(self, sharer):
        return self.filter(sharer=sharer)

    def written_by(self, user):
        """What `user` shared and nobody took back, newest first, wherever that was."""
        mine = self.standing().filter(sharer=user.pk).select_related("resource__place__community", "resource__file")
        return mine.order_by("-created_at", "-pk")

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def saying(self, words):
        return self.filter(source=words)

    def shelf_of(self, place, user):
        """What `user` sees on the shelf of `place`, newest first, a row for each resource."""
        return self.leading_for(user).at(place).newest_resources_first()

    def shelf_in(self, community, user):
        """The same of all places of a community that `user` sees."""
        return self.leading_for(user).in_community(community).select_related("resource__place")

    def chosen(self, choice, user):
        """Of these rows of a shelf, which lead for `user`, those that `choice` shows, in its order."""
        rows = self.filter(resource__kind=choice.kind) if choice.kind else self
        if choice.tag:
            tagged = Tagging.objects.filter(content_object=OuterRef("resource"), tag__name=choice.tag)
            rows = rows.filter(Exists(tagged))
        if choice.by:
            theirs = Sharing.objects.wanted_by(user).filter(sharer__handle=choice.by)
            rows = rows.filter(resource__in=theirs.values("resource"))
        return rows.most_useful_first() if choice.sort == "useful" else rows.newest_resources_first()

    def knowing_new(self, new):
        """As a list, as `knowing_new` gives it."""
        return knowing_new(list(self), new)

    def newest_resources_first(self):
        return self.order_by("-resource__created_at", "-resource")

    def most_useful_first(self):
        return self.order_by("-resource__useful_count", "-resource__created_at", "-resource")

    def sharers(self):
        """Those who shared these, by name."""
        return User.objects.filter(pk__in=self.order_by().values("sharer")).by_name()

    def before(self, sharing):
        return self.filter(pk__lt=sharing.pk)

    def in_order(self):
        return self.order_by("created_at", "pk")

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def in_community(self, community):
        return self.filter(resource__place__community=community)

    def newest(self):
        return self.order_by("-pk").first()

    def with_people(self):
        return self.select_related("sharer")

    def as_targets(self):
        """With what a notification says of them."""
        around = self.select_related("resource__place__community", "resource__talk")
        return around.defer("source", "html", "resource__source")


def knowing_new(rows, new):
    """`rows` of a shelf, with how much of the talk about each is `new` to its reader (posts by place)."""
    for row in rows:
        row.new_count = new.get(row.resource.talk_id, 0)
    return rows


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

    others = 0  # how many stand beside it; leading_for sets it, and whether its reader found the resource useful
    is_useful = False
    new_count = 0  # how many posts about it are new to its reader; a page that knows sets it
    may_remove = may_restore = False  # by its reader; Resource.reasons_for sets both

    objects = SharingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sharer", "key"], name="one_sharing_a_key")]
        indexes = [models.Index(fields=["resource", "created_at"]), models.Index(fields=["sharer", "-created_at"])]

    def __str__(self):
        return self.resource.name if not self.is_gone else now_in_words("Something that was taken back")

    def get_absolute_url(self):
        return f"{self.resource.get_absolute_url()}#sharing-{self.pk}"

    @property
    def is_gone(self):
        return self.removed_at is not None or self.resource.removed_at is not None

    def may_be_removed_by(self, user, guides):
        """By who shared, and by `guides` (ids)."""
        return self.removed_at is None and (self.sharer_id == user.pk or user.pk in guides)

    def may_be_restored_by(self, user, guides):
        """By who removed it; what one guide removed, by another too."""
        by_guide = self.removed_by_id != self.sharer_id
        return self.removed_at is not None and (self.removed_by_id == user.pk or (by_guide and user.pk in guides))

    def still_concerns(self, person, reason):
        """Whether somebody is to hear of it now, as they were when it was told."""
        if self.is_gone:
            return False
        return reason != Notification.Reason.MENTION or self.mentioned.filter(pk=person.pk).exists()

    def html_for(self, _person):
        """Why it is worth it."""
        return self.html

    @property
    def tells_followers(self):
        return not self.is_gone

    @property
    def talk(self):
        """Where what was shared is talked about: who follows that hears of it."""
        return self.resource.talk

    def audience(self):
        """User id → why it concerns them: who is named in it, and who shared the same before. Nobody once it is
        gone."""
        if self.is_gone:
            return {}
        before = Sharing.objects.standing().of(self.resource_id).before(self).values_list("sharer", flat=True)
        people = dict.fromkeys(before, Notification.Reason.TAKING_PART)
        people |= dict.fromkeys(self.mentioned.values_list("pk", flat=True), Notification.Reason.MENTION)
        people.pop(self.sharer_id, None)
        return people
