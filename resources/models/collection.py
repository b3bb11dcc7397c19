"""Collections: ordered sets with words between the items, across places."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import HiddenPerson
from community.models import Bookmarkable, EditConflict, Place, communities_guided_by, places_visible_to

from .curator import Curator


class CollectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the communities that `user` is in, and those that only who curates them sees, where they are one of
        them or asked to be."""
        if not user.is_active:
            return self.none()
        of_community = Q(place__in=places_visible_to(user))
        return self.filter(of_community | Q(Exists(mine(user)), place=None), removed_at=None)

    def curated_by(self, user):
        """Those that `user` may change: as a curator, or as a guide of the community that it belongs to."""
        return self.visible_to(user).filter(is_curator(user))

    def not_curated_by(self, user):
        return self.exclude(pk__in=Collection.objects.curated_by(user).values("pk"))

    def knowing_rights_of(self, user):
        """With `may_curate`: whether `user` may change it, and `may_share`: whether it is theirs to say who sees it
        and who curates it."""
        guides = Q(is_communitys=True, place__community__in=communities_guided_by(user))
        theirs = Q(made_by=user.pk) | guides
        return self.annotate(may_curate=as_truth(is_curator(user)), may_share=as_truth(theirs))

    def asking(self, user):
        """Those whose curators ask `user` to be one of them; not when `user` has blocked who asks."""
        hidden = HiddenPerson.objects.hidden_from(user.pk)
        asked = Curator.objects.asked().of(user).exclude(invited_by__in=hidden).filter(collection=OuterRef("pk"))
        return self.visible_to(user).filter(Exists(asked))

    def wanted_by(self, user):
        """Without those of people whom `user` has blocked; what is a community's stays."""
        return self.filter(~Q(made_by__in=HiddenPerson.objects.hidden_from(user.pk)) | Q(is_communitys=True))

    def of(self, community):
        return self.filter(place__community=community)

    def made_by(self, user):
        return self.filter(made_by=user.pk)

    def removed(self):
        return self.exclude(removed_at=None)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def newest_first(self):
        return self.order_by("-edited_at", "-pk")

    def with_people(self):
        return self.select_related("made_by", "place__community")

    def without_texts(self):
        return self.defer("source", "html")

    def as_targets(self):
        """With what a notification says of them."""
        return self.without_texts()

    def as_bookmarks(self, user):
        return self.visible_to(user).wanted_by(user).without_texts().select_related("place__community")


def mine(user):
    """The rows by which `user` curates a collection, or is asked to, for an outer query of collections."""
    return Curator.objects.of(user).standing().filter(collection=OuterRef("pk"))


def is_curator(user):
    guides = Q(is_communitys=True, place__community__in=communities_guided_by(user))
    return Q(Exists(mine(user).accepted())) | guides


def as_truth(condition):
    return models.Case(models.When(condition, then=True), default=False, output_field=models.BooleanField())


class Collection(Bookmarkable):
    """`place` is the commons of the community that sees it; None where only its curators do. One that is
    `is_communitys` belongs to the community, whose guides curate it; every other one to who made it. What its items
    are, each reader sees by their own rights; so `edited_at`
    is when its title or words changed, and says nothing of items.
    """

    TITLE_MAX = 120
    ITEMS_MAX = 200
    UNDO_HOURS = 24

    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="collections")
    is_communitys = models.BooleanField(
        _("It belongs to the community: its facilitators curate it, too"), default=False
    )
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    source = models.TextField(_("What is it for?"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="collections")
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    bookmark_kind = "collection"
    may_curate = may_share = False  # whether the reader of a page may; knowing_rights_of sets both
    objects = CollectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "key"], name="one_collection_a_key"),
            models.CheckConstraint(
                condition=Q(is_communitys=False) | ~Q(place=None), name="a_communitys_collection_has_a_place"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("collection", args=[self.pk])

    def refuse_stale(self, version):
        """Raises EditConflict unless `version` is the newest."""
        if self.version != version:
            raise EditConflict(self)

    def accepts_words_from(self, user):
        """Whether a curator may write in it now: not while their writing is paused in its community."""
        return self.place is None or self.place.accepts_words_from(user)

    def audience(self):
        return {}
