"""Every version of a wiki page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Version

from .page import WikiPage
from .told import ToldRevisionQuerySet


class RevisionQuerySet(ToldRevisionQuerySet):
    def visible_to(self, user):
        return self.filter(page__in=WikiPage.objects.visible_to(user))

    def newest_first(self):
        return self.order_by("-number")

    def numbered(self, *numbers):
        return self.filter(number__in=numbers)

    def below(self, number):
        return self.filter(number__lt=number)

    def source_of(self, number):
        """The text of the one with this number; None where there is none. For merging: nobody sees it as such."""
        return self.numbered(number).values_list("source", flat=True).first()

    def naming(self, words):
        return self.filter(source__contains=words)

    def readable(self):
        """Those whose words no host has hidden: whatever shows an earlier text asks for these."""
        return self.exclude(pk__in=Hiding.objects.current().values("revision"))

    def with_authors(self):
        return self.select_related("author")

    def with_hidings(self):
        """With `hidings_now`: the one by which its words are hidden, or none."""
        now = models.Prefetch("hidings", Hiding.objects.current().select_related("by"), to_attr="hidings_now")
        return self.prefetch_related(now)

    def with_sizes(self):
        """With how long each is, and without their texts."""
        return self.defer("source", "submitted").annotate(size=Length("source"))

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("page__community", "page__talk").defer(
            "source", "submitted", "page__source", "page__html", "page__blocks"
        )


class Revision(Version):
    """A text that a page has had. Where others had saved since its writer began, `base` is the version that writer
    went on from, and `submitted` what they sent; what stands is that with the others' changes in it. The database
    refuses to change one, but for the name beside it: see migrations 0009 and 0012."""

    SUMMARY_MAX = Version.NOTE_MAX

    page = models.ForeignKey(WikiPage, on_delete=models.CASCADE, related_name="revisions")
    summary = models.CharField(_("What changed?"), max_length=SUMMARY_MAX, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    base = models.PositiveIntegerField(null=True, blank=True)
    submitted = models.TextField(blank=True)

    hidings_now: list  # with_hidings sets it
    grown_by: int  # characters; the history says it

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_revision_a_number")]

    def __str__(self):
        return f"{self.page} {self.number}"

    def get_absolute_url(self):
        return reverse("wiki_revision", args=[self.page.community.slug, self.page.slug, self.number])

    @property
    def hiding(self):
        """By whom and why its words are hidden; None where they are not."""
        return self.hidings_now[0] if self.hidings_now else None

    tells_followers = True

    @property
    def talk(self):
        """Where its page is talked about: who follows that hears of its changes."""
        return self.page.talk

    def audience(self):
        return {}

    def still_concerns(self, _person, _reason):
        """Whether who follows the page is to hear of it now."""
        return not self.hidings.current().exists()


class HidingQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None)

    def past(self):
        return self.exclude(ended_at=None).order_by("at")

    def with_people(self):
        return self.select_related("by", "ended_by")


class Hiding(models.Model):
    """That a host hid the words of a version, why, and who ended that: the rows are the log of it. The words stay in
    the database, and nobody sees them until then."""

    REASON_MAX = 300

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="hidings")
    reason = models.CharField(_("Why?"), max_length=REASON_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision"], condition=Q(ended_at=None), name="one_current_hiding")
        ]

    def __str__(self):
        return f"{self.revision}: {self.reason}"
