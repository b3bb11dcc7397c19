"""Wiki pages: text that the people of a place write together, every version kept."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models import Community, Place, Together, Version, places_visible_to
from markup import Block, Profile, render


class WikiPageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_visible_to(user))

    def at(self, place):
        return self.filter(place=place)

    def of(self, community):
        return self.filter(community=community)

    def titled(self, part):
        return self.filter(title__icontains=part)

    def by_title(self):
        return self.order_by("title", "pk")

    def with_last_editor(self):
        return self.select_related("last_edited_by")

    def with_talk(self):
        return self.select_related("talk")

    def talked_about_at(self, place):
        """The page of a place of talk, with no more of it than its blocks."""
        return self.filter(talk=place).only("blocks")

    def without_texts(self):
        return self.defer("source", "html", "blocks")


class WikiPage(Together):
    """A text that hangs at `place` and is talked about at `talk`, which is within it."""

    TITLE_MAX = 120

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="wiki_pages")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="wiki_pages")
    talk = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="wiki_page")
    slug = models.SlugField(max_length=140)
    title = models.CharField(_("Title"), max_length=TITLE_MAX)
    key = models.UUIDField(default=uuid.uuid4)
    blocks = models.JSONField(default=list)

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

    def known_blocks(self):
        return [Block.from_dict(block) for block in self.blocks]

    def standing_blocks(self):
        """Id → Block, in their order, for the blocks that stand in the text now."""
        return {block.id: block for block in self.known_blocks() if not block.retired}


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(page__in=WikiPage.objects.visible_to(user))

    def newest_first(self):
        return self.order_by("-number")

    def with_authors(self):
        return self.select_related("author")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("page__community").defer("source", "page__source", "page__html", "page__blocks")


class Revision(Version):
    SUMMARY_MAX = Version.NOTE_MAX

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="revisions")
    summary = models.CharField(_("What changed?"), max_length=SUMMARY_MAX, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_revision_a_number")]

    def __str__(self):
        return f"{self.page} {self.number}"

    def get_absolute_url(self):
        return reverse("wiki_revision", args=[self.page.community.slug, self.page.slug, self.number])

    @property
    def html(self):
        """Old versions are rendered when somebody looks at one; only the newest is stored rendered."""
        return render(self.source, Profile.WIKI).html

    def audience(self):
        return {}
