from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from community.models import Community


class TagQuerySet(models.QuerySet):
    def of(self, community):
        return self.filter(community=community)

    def used_in(self, resources):
        """Those that one of `resources` has, with how many of them do as `uses`; the most used first."""
        used = self.filter(taggings__content_object__in=resources)
        return used.annotate(uses=Count("taggings")).order_by("-uses", "name")

    def starting_with(self, part):
        return self.filter(name__startswith=part)

    def named(self, name):
        return self.filter(name=name)

    def unused(self):
        return self.filter(~Exists(Tagging.objects.filter(tag=OuterRef("pk"))))


class Tag(models.Model):  # type: ignore[django-manager-missing] # taggit has no types
    """A word by which the people of one community find what they share. Each community has its own: renaming one
    touches nobody else's, and nobody learns of words that others use."""

    NAME_MAX = 40
    AT_MOST = 8  # on one resource, from one form

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("Tag"), max_length=NAME_MAX)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_tag_a_name_and_community")]

    def __str__(self):
        return self.name


class Tagging(ItemBase):
    """That a resource has a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    content_object = models.ForeignKey("resources.Resource", on_delete=models.CASCADE, related_name="taggings")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_tagging")]

    def __str__(self):
        return f"{self.content_object_id}: {self.tag}"
