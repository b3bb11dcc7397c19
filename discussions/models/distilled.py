"""What a thread knows of its summary, and whether its reader needs the posts as well."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from notifications.models import Notification

from .heard import POSED
from .tending import TendedQuerySet

DISTILLED_FROM = 3  # posts; below that there is little to distil


class DistilledQuerySet(TendedQuerySet):
    def knowing_reads_of(self, user_id):
        """With `was_read`: whether this person has read any of its posts, or written one."""
        reads = apps.get_model("discussions", "ThreadRead").objects
        reached = reads.filter(person=user_id, thread=OuterRef("pk"), thread__posts__pk__lte=F("up_to"))
        written = apps.get_model("discussions", "Post").objects.filter(thread=OuterRef("pk"), author=user_id)
        return self.annotate(was_read=Exists(reached) | Exists(written))

    def with_summaries(self):
        """With the summary of each that has one, and who is named for it."""
        return self.select_related("summary__begun_by", "summary__helped_by").defer("summary__source")


class Distilled(models.Model):
    """`distilled_at` is since when a summary stands on top; without one, None."""

    distilled_at = models.DateTimeField(null=True, blank=True)

    # What a page says of it to its reader.
    was_read = False  # knowing_reads_of sets it
    distilled: Any = None  # its summary; take_summary sets it

    class Meta:
        abstract = True

    def participants(self):
        """User id → why it concerns them: who began it, and who says something in it."""
        writers = self.posts.order_by().values_list("author", flat=True).distinct()  # type: ignore[attr-defined]
        reasons = Notification.Reason
        began = self.created_by_id  # type: ignore[attr-defined]
        return {**dict.fromkeys(writers, reasons.TAKING_PART), began: reasons.YOURS}

    @property
    def told_by_itself(self):
        """Id of who hears of everything in it without asking for it: who began it. None where guides asked everybody:
        the answers are not for them alone."""
        return None if self.kind in POSED else self.created_by_id  # type: ignore[attr-defined]

    def take_summary(self):
        """Show its summary, and which of the shown posts that one cites. For a thread read with_summaries."""
        if self.distilled_at:
            self.distilled = self.summary  # type: ignore[attr-defined]
            self.distilled.mark(self.shown)  # type: ignore[attr-defined]

    def mark_cited(self, posts):
        """Say of each of `posts`, all its own, whether its summary cites it."""
        if self.distilled_at:
            self.summary.mark(posts)  # type: ignore[attr-defined]

    def note_distilled(self, *, has_words):
        """Say that it has a summary now, or none any more; the caller saves `distilled_at`."""
        self.distilled_at = (self.distilled_at or timezone.now()) if has_words else None

    @property
    def is_worth_distilling(self):
        """Whether a page offers to distil it: there is something to come to, and no summary yet."""
        enough = self.post_count >= DISTILLED_FROM  # type: ignore[attr-defined]
        return enough and self.distilled_at is None and not self.is_covered  # type: ignore[attr-defined]

    @property
    def shows_summary(self):
        """Whether a page shows the summary first: what the others answered is not told before one has answered."""
        return self.distilled is not None and not self.is_covered  # type: ignore[attr-defined]

    @property
    def is_folded(self):
        """Whether its posts are folded below its summary: for who has not been in it, unless they ask for a post."""
        asked = self.is_asked_for or self.is_read_quietly or self.answering  # type: ignore[attr-defined]
        return not self.was_read and not asked
