from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import KIND_NAMES, EditConflict, with_targets

COLLECTED = [kind for kind in KIND_NAMES if kind != "collection"]  # what can be an item


class CollectionItemQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(removed_at=None)

    def of(self, collection):
        return self.filter(collection=collection)

    def of_collections(self, collections):
        return self.filter(collection__in=collections)

    def with_collections(self):
        return self.select_related("collection").defer("source", "collection__source", "collection__html")

    def removed(self):
        return self.exclude(removed_at=None)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def in_order(self):
        return self.order_by("position", "pk")

    def targets_for(self, user):
        """These with their `target`s, as a list, without those whose thing `user` may not see."""
        return with_targets(self, user)

    def shown_to(self, user):
        """The items with their `target`s, in order, as a list: only those whose thing `user` may see. Of the others
        there is no trace. One query, and one for each kind among them."""
        return with_targets(self.standing().in_order(), user)


class CollectionItem(models.Model):
    """One thing in a collection, by its kind and id as a bookmark has it, and what its curators say about it."""

    collection = models.ForeignKey("resources.Collection", on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12)
    object_id = models.PositiveBigIntegerField()
    position = models.PositiveIntegerField()
    source = models.TextField(_("Words about it"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    target: Any = None  # with_targets sets it
    objects = CollectionItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "kind", "object_id"], name="one_item_a_collection_and_thing")
        ]
        indexes = [models.Index(fields=["collection", "position"])]

    def __str__(self):
        return f"{self.collection_id}: {self.kind} {self.object_id}"

    @property
    def kind_name(self):
        return KIND_NAMES[self.kind][0]

    def refuse_stale(self, version):
        """Raises EditConflict unless `version` is the newest."""
        if self.version != version:
            raise EditConflict(self)
