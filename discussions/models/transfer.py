from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import HiddenPerson

from .post import Post
from .thread import Thread


class TransferQuerySet(models.QuerySet):
    def standing(self):
        """Without those that were undone."""
        return self.filter(undone_at=None)

    def of_thread(self, thread):
        """Those that say where something of `thread` went or came from, oldest first."""
        return self.standing().with_thread(thread).order_by("at", "pk")

    def with_thread(self, thread):
        return self.filter(Q(source=thread) | Q(target=thread))

    def for_telling(self, user):
        """With what a page says of them to `user`."""
        blocked = HiddenPerson.objects.filter(person=user.pk, hidden=OuterRef("opening__author"))
        told = self.annotate(post_count=Count("posts"), is_unwanted=Exists(blocked))
        return told.select_related("by", "opening", "source", "target")


class Transfer(models.Model):
    """Posts that guides took from one conversation into another: a split made the other one, a merge emptied the first.
    Kept so that both can say so, old addresses lead on, and it can be undone."""

    class Kind(models.TextChoices):
        SPLIT = "split"
        MERGE = "merge"

    kind = models.CharField(max_length=5, choices=Kind)
    source = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="taken_away")
    target = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="taken_in")
    posts = models.ManyToManyField(Post, related_name="transfers")
    key = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    # What the source had, for when it gets it back: the post it began with, if that was taken, and its accepted answer.
    opening = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    is_unwanted = False  # whether the reader has blocked who wrote `opening`; for_telling sets it

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="one_transfer_a_key")]

    def __str__(self):
        return f"{self.kind}: {self.source_id} → {self.target_id}"

    @property
    def is_split(self):
        return self.kind == self.Kind.SPLIT

    @property
    def may_be_undone(self):
        """Whether its posts still stand where it took them."""
        if self.is_split:
            return self.target.merged_into_id is None
        return self.source.merged_into_id == self.target_id

    @property
    def source_title(self):
        """What the conversation was called that came in; "" when its beginning was removed since, or its author is
        blocked by the reader: a title is words, too."""
        return "" if self.is_unwanted or (self.opening and self.opening.is_gone) else self.source.title
