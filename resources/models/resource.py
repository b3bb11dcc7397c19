import re
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from community.models import Bookmarkable, Place, PlaceFile, places_visible_to

from .address import short
from .sharing import Sharing
from .tag import Tagging

ENDS = re.compile(r"</(?:p|li|h\d|td|th)>|<br")  # where a line ends
OPENING = 80  # characters of a note that has no title


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def shared_in(self, community):
        return self.filter(place__community=community)

    def same_as(self, fingerprint):
        return self.filter(fingerprint=fingerprint)

    def standing(self):
        """Those on the shelf: no guide removed them, and somebody's sharing stands."""
        return self.having(Sharing.objects.standing())

    def wanted_by(self, user):
        """Those on the shelf that somebody shared whom `user` has not blocked."""
        return self.having(Sharing.objects.standing().unhidden_from(user))

    def having(self, sharings):
        """Those that no guide removed, with one of `sharings`."""
        return self.filter(Exists(sharings.filter(resource=OuterRef("pk"))), removed_at=None)

    def without_preview(self):
        """Links for which no preview was asked."""
        return self.standing().filter(kind=Resource.Kind.LINK, preview=None).order_by("pk")

    def titled(self, part):
        """Those with `part` in their title; a link without one, in its address."""
        return self.filter(Q(title__icontains=part) | Q(title="", url__icontains=part))

    def shown_to(self, user):
        """Whether `user` may see the file that any of these on a shelf is."""
        return self.visible_to(user).standing().exists()

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def as_bookmarks(self, user):
        return self.visible_to(user).wanted_by(user).with_places().defer("source", "html")

    def with_places(self):
        return self.select_related("place__community", "talk", "preview", "file")


class Resource(Bookmarkable):  # type: ignore[django-manager-missing] # taggit has no types
    """A link, a file or a note on the shelf of `place`; people talk about it at `talk`, which is within it.

    Why each of them shared it is in its sharings. `fingerprint` is the same for what is the same: a place has it once.
    `title` is "" until somebody or the page itself says what a link is called. `source` is the text of a note.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("Link")
        FILE = "file", _("File")
        NOTE = "note", _("Note")

    URL_MAX = 2000
    TITLE_MAX = 200

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="resources")
    talk = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="resource")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LINK)
    url = models.URLField(
        _("Link"), max_length=URL_MAX, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    fingerprint = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(PlaceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="resources")
    title = models.CharField(_("Title"), max_length=TITLE_MAX, blank=True)
    source = models.TextField(_("Note"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    useful_count = models.PositiveIntegerField(default=0)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="resources")
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    bookmark_kind = "resource"
    tags = TaggableManager(through=Tagging, blank=True)
    objects = ResourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "fingerprint"],
                condition=~models.Q(fingerprint=""),
                name="one_resource_a_place_and_fingerprint",
            ),
            models.CheckConstraint(condition=~models.Q(kind="link") | ~models.Q(url=""), name="a_link_has_an_address"),
            models.CheckConstraint(condition=~models.Q(kind="file") | ~models.Q(file=None), name="a_file_has_its_file"),
        ]
        indexes = [models.Index(fields=["place", "-created_at"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("resource", args=[self.place.community.slug, self.pk])

    @property
    def name(self):
        """What it is called; a link that nobody has named, by its address."""
        return self.title or short(self.url)[: self.TITLE_MAX] or now_in_words("Note")

    def opening(self):
        """What it is called where nobody has named it: a file by its name, a note by its first line. "" for a link."""
        if self.file:
            return self.file.name
        lines = (" ".join(unescape(strip_tags(part)).split()) for part in ENDS.split(self.html))
        return Truncator(next(filter(None, lines), "")).chars(OPENING, truncate="…")

    def may_from(self, user):
        """What `user`, who may see it, may do with it; see `rights`. Asks the database."""
        shared = self.sharings.standing().by(user).exists()
        writes = self.place.accepts_words_from(user)
        return self.rights(user, guides=self.place.community.guide_roles(), may_write=writes, shared=shared)

    def rights(self, user, *, guides, may_write, shared):
        """`edit` what it is called, its tags and their own reason, where they `shared` it or guide; `text`, a note of
        their own; `remove` it altogether, as guides may."""
        guides, writes = user.pk in guides, may_write and self.removed_at is None
        shared = shared and writes
        acts = {
            "edit": writes and (shared or guides),
            "text": shared and self.kind == self.Kind.NOTE and self.shared_by_id == user.pk,
            "remove": guides,
        }
        return {act for act, may in acts.items() if may}

    def reasons_for(self, user, guides):
        """The sharings that its page shows `user`: those that stand, but for people whom they have blocked, and those
        that they may bring back. Each says what they may do with it."""
        rows = self.sharings.unhidden_from(user).with_people().in_order()
        for row in rows:
            row.resource = self
            row.may_remove = row.may_be_removed_by(user, guides)
            row.may_restore = row.may_be_restored_by(user, guides)
        return [row for row in rows if row.removed_at is None or row.may_restore]

    @property
    def stands(self):
        """Whether it is on the shelf. Asks the database."""
        return self.removed_at is None and self.sharings.standing().exists()

    @property
    def site(self):
        """The host of a link, as people say it."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
