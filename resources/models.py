"""The shelf: what people share at a place."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.models import HiddenPerson
from community.models import Place, places_visible_to

RESOURCES_SHOWN = 8  # on a shelf, where it stands among other things


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def shelf_of(self, place, user):
        """What `user` sees shared at `place`, newest first, with all that a page says of it; nothing of people whom
        they have blocked."""
        shared = self.visible_to(user).at(place).exclude(shared_by__in=HiddenPerson.objects.hidden_from(user.pk))
        return shared.with_people_and_tags().newest_first()

    def titled(self, part):
        """Links with `part` in their title."""
        return self.filter(kind=Resource.Kind.LINK, title__icontains=part)

    def shared_in(self, community):
        return self.filter(place__community=community)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("place").defer("source", "html")

    def with_people_and_tags(self):
        return self.select_related("shared_by").prefetch_related("tags")


class Resource(models.Model):
    class Kind(models.TextChoices):
        LINK = "link", _("Link")
        NOTE = "note", _("Note")

    URL_MAX = 2000

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LINK)
    url = models.URLField(
        _("Link"), max_length=URL_MAX, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    title = models.CharField(_("Title"), max_length=200)
    source = models.TextField(_("Why is it worth it?"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="resources")
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)

    tags = TaggableManager(blank=True)
    objects = ResourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shared_by", "key"], name="one_resource_a_key"),
            models.CheckConstraint(condition=~models.Q(kind="link") | ~models.Q(url=""), name="a_link_has_an_address"),
        ]
        indexes = [models.Index(fields=["place", "-created_at"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.place.path}#resource-{self.pk}"

    @property
    def site(self):
        """The host of a link, as people say it."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def audience(self):
        return {}
