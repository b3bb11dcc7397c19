"""What a conversation came to: a text on top of it that those who may distil it write together."""

import re

from django.conf import settings
from django.db import models

from community.models import Together, Version
from markup import words_changed

from .thread import Thread
from .told import ToldSummaryQuerySet

CITATION = re.compile(r'href="/c/[\w-]+/t/\d{1,18}/posts/(\d{1,18})/"', re.ASCII)


class SummaryQuerySet(models.QuerySet):
    def of_threads(self, threads):
        return self.filter(thread__in=threads)


class Summary(Together):
    """The text on top of `thread`. It goes where its thread goes, and who sees the one sees the other. Without words
    it was taken away; its revisions stay."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="summary")
    cited = models.JSONField(default=list)  # ids of the posts of its thread that it links to
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    helped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "summaries"

    def __str__(self):
        return str(self.thread)

    def get_absolute_url(self):
        return f"{self.thread.get_absolute_url()}#summary-{self.thread_id}"

    def versions(self, *, before, limit):
        """The newest `limit` of its versions with numbers below `before`, each with what changed from the one before
        it."""
        found = list(self.revisions.below(before)[: limit + 1])
        for newer, older in zip(found, [*found[1:], None], strict=False):
            newer.changes = words_changed(older.source if older else newer.source, newer.source)
        return found[:limit]

    def note_cited(self):
        """Note which posts of its thread its HTML links to."""
        ids = dict.fromkeys(int(number) for number in CITATION.findall(self.html))
        self.cited = list(self.thread.posts.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))

    def mark(self, posts):
        """Say of each of `posts` whether it is cited."""
        for post in posts:
            post.is_cited = post.pk in self.cited


class SummaryRevisionQuerySet(ToldSummaryQuerySet):
    def below(self, number):
        """Newest first, those with a lower number, with who wrote them."""
        return self.filter(number__lt=number).order_by("-number").select_related("author")

    def thread_ids(self, ids):
        """Of those with these ids the threads that they stand on."""
        return set(self.filter(pk__in=ids).values_list("summary__thread", flat=True))

    def numbered(self, number):
        return self.filter(number=number)

    def of_threads(self, threads):
        return self.filter(summary__thread__in=threads)

    def knowing_unwanted_by(self, user_id):
        """With whether this person has blocked who began the conversation."""
        threads = Thread.objects.knowing_unwanted_by(user_id).filter(pk=models.OuterRef("summary__thread"))
        return self.annotate(is_unwanted=models.Subquery(threads.values("is_unwanted")))

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("summary__thread__place__community").defer("source", "summary__source")


class SummaryRevision(Version):
    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="revisions")
    note = models.CharField(max_length=Version.NOTE_MAX, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    changes: list  # from the version before it; Summary.versions sets it
    is_unwanted = False  # knowing_unwanted_by sets it
    followed_path = "summary__thread"

    objects = SummaryRevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "number"], name="one_summary_revision_a_number")]

    def __str__(self):
        self.summary.thread.is_unwanted = self.is_unwanted
        return self.summary.thread.shown_title

    def get_absolute_url(self):
        return self.summary.get_absolute_url()

    @property
    def followed(self):
        return self.summary.thread

    def still_concerns(self, _person, _reason):
        """Whether somebody is to hear of it now, as they were when it was told."""
        return bool(self.summary.source) and not self.summary.thread.is_waiting

    def html_for(self, _person):
        """What the conversation came to, as it says now."""
        return self.summary.html

    @property
    def quoted(self):
        return self.summary.thread.quote

    @property
    def tells_followers(self):
        return bool(self.summary.source) and not self.summary.thread.is_waiting

    def audience(self):
        """Who takes part in the conversation, unless its summary was taken away or the thread has not opened."""
        if self.summary.thread.is_waiting or not self.summary.source:
            return {}
        people = self.summary.thread.participants()
        people.pop(self.author_id, None)
        return people
