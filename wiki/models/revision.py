"""Every version of a wiki page."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models import Version
from markup import Profile, render

from .page import WikiPage


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(page__in=WikiPage.objects.visible_to(user))

    def newest_first(self):
        return self.order_by("-number")

    def numbered(self, number):
        return self.filter(number=number)

    def source_of(self, number):
        """The text of the one with this number; None where there is none."""
        return self.numbered(number).values_list("source", flat=True).first()

    def with_authors(self):
        return self.select_related("author")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("page__community").defer("source", "page__source", "page__html", "page__blocks")


class Revision(Version):
    """A text that a page has had. Where others had saved since its writer began, `base` is the version that writer
    went on from, and `submitted` what they sent; what stands is that with the others' changes in it."""

    SUMMARY_MAX = Version.NOTE_MAX

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="revisions")
    summary = models.CharField(_("What changed?"), max_length=SUMMARY_MAX, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    base = models.PositiveIntegerField(null=True, blank=True)
    submitted = models.TextField(blank=True)

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
