"""Wiki pages: text that the people of a place write together."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from community.models import Bookmarkable, Community, Place, Together, places_visible_to
from markup import Block

from .told import SpottedQuerySet


class WikiPageQuerySet(SpottedQuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def shown_to(self, user):
        """Whether `user` may see what any of these shows, or showed in an earlier version."""
        return self.visible_to(user).exists()

    def at(self, place):
        return self.filter(place=place)

    def of(self, community):
        return self.filter(community=community)

    def titled(self, part):
        return self.filter(title__icontains=part)

    def begun_with(self, person, keys):
        """Those that `person` began with a form of one of these keys."""
        return self.filter(begun_by=person, key__in=keys)

    def by_title(self):
        return self.order_by("title", "pk")

    def by_place(self):
        """Place by place, the commons first."""
        texts = Case(When(place__kind=Place.Kind.COMMONS, then=0), default=1)
        return self.select_related("place").order_by(texts, "place__title", "place", "title", "pk")

    def newest_first(self):
        return self.select_related("place").order_by("-last_edited_at", "-pk")

    def with_surroundings(self):
        """With where each hangs and where it is talked about, and whom its page names."""
        return self.select_related("place", "talk", "community", "last_edited_by", "begun_by", "helped_by")

    def with_last_editor(self):
        return self.select_related("last_edited_by")

    def with_talk(self):
        return self.select_related("talk")

    def talked_about_at(self, place):
        """The page of a place of talk, with no more of it than its blocks."""
        return self.filter(talk=place).only("blocks")

    def to_read(self):
        return self.defer("source", "blocks")

    def without_texts(self):
        return self.defer("source", "html", "blocks")

    def as_bookmarks(self, user):
        return self.visible_to(user).without_texts().select_related("community", "place__community")


class WikiPage(Together, Bookmarkable):
    """A text that hangs at `place` and is talked about at `talk`, which is within it."""

    TITLE_MAX = 120
    LONG = 4_000  # characters of HTML

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="wiki_pages")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="wiki_pages")
    talk = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="wiki_page")
    slug = models.SlugField(max_length=140)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    key = models.UUIDField(default=uuid.uuid4)
    blocks = models.JSONField(default=list)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    images = models.ManyToManyField("community.PlaceImage", related_name="wiki_pages")  # those of all versions
    files = models.ManyToManyField("community.PlaceFile", related_name="wiki_pages")

    is_merged = False  # actions.edit_page sets it
    bookmark_kind = "wiki"
    objects = WikiPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="one_wiki_page_a_slug"),
            models.UniqueConstraint(fields=["place", "key"], name="one_wiki_page_a_key"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("wiki_page", args=[self.community.slug, self.slug])

    @property
    def is_long(self):
        """Whether it is folded where it stands below another text."""
        return len(self.html) > self.LONG

    def authors(self):
        """Who has written here, in the order in which they began."""
        first = models.Min("revisions__number")
        return list(User.objects.filter(revisions__page=self).annotate(first=first).order_by("first"))

    def draft_slot(self, version):
        """The name under which a draft that goes on from this version is kept; see standings."""
        return f"wiki:{self.pk}:{version}"

    def known_blocks(self):
        return [Block.from_dict(block) for block in self.blocks]

    def standing_blocks(self):
        """Id → Block, in their order, for the blocks that stand in the text now."""
        return {block.id: block for block in self.known_blocks() if not block.retired}
