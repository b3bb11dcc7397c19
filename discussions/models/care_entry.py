"""The log of what guides decided. Nobody edits it: a decision that is taken back is a new entry."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext_lazy

from community.models import Community, Place, communities_guided_by, communities_of
from notifications.models import Notification

from .post import Post


class LogStands(Exception):
    """What is in the log stays as it is."""


def refuse(*_args: Any, **_kwargs: Any) -> Any:
    """Raises LogStands; the database refuses changes of its own accord, too."""
    raise LogStands


class CareEntryQuerySet(models.QuerySet):
    update = delete = bulk_update = refuse

    def visible_to(self, user):
        """Those of communities that `user` guides, and those about them in communities that they are in."""
        guided = models.Q(community__in=communities_guided_by(user))
        about = models.Q(person=user.pk, community__in=communities_of(user))
        return self.filter(guided | about)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def of(self, community):
        return self.filter(community=community)

    def about(self, person):
        return self.filter(person=person)

    def on(self, post):
        return self.filter(post=post)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def with_all(self):
        """With all that a page says of them."""
        return self.select_related("by", "person", "community", "post__thread__place", "place", "undoes", "undone_by")

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("community", "post__thread").defer("post__source", "post__html")


class CareEntry(models.Model):
    """What a guide decided about a post, its thread or its author (`person`), and why; or, with `undoes`, that a
    decision was taken back. Never changed."""

    class Act(models.TextChoices):
        KEEP = "keep", gettext_lazy("Leave it as it is")
        HIDE = "hide", gettext_lazy("Hide the post")
        WARN = "warn", gettext_lazy("Warn its author")
        MOVE = "move", gettext_lazy("Move the conversation")
        CLOSE = "close", gettext_lazy("Close the conversation")
        SLOW = "slow", gettext_lazy("Slow the conversation down")
        PAUSE = "pause", gettext_lazy("Pause its author's writing")

    REASON_MAX = 500

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="care_entries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    reason = models.CharField(max_length=REASON_MAX, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="care_entries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="care_entries")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # moved to
    minutes = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CareEntryQuerySet.as_manager()
    delete = refuse  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "care entries"
        indexes = [models.Index(fields=["community", "-created_at"]), models.Index(fields=["person", "-created_at"])]

    def __str__(self):
        """What its person hears: what was decided, and why."""
        said = self.summary
        return f"{said}: {self.reason}" if self.reason else f"{said}."

    def get_absolute_url(self):
        return reverse("care_entry", args=[self.community.slug, self.pk])

    @property
    def is_undone(self):
        return hasattr(self, "undone_by")

    @property
    def may_be_undone(self):
        return self.undoes_id is None and self.act != self.Act.KEEP and not self.is_undone

    @property
    def summary(self):
        """What was decided, to its person."""
        done, undone = SUMMARIES[self.act]
        words = undone if self.undoes_id else done
        return str(words) % {"title": self.title}

    @property
    def title(self):
        """Of the conversation, as its person may know it: what they removed themselves, or had hidden, is theirs."""
        thread = self.post.thread
        return (self.post.is_opening and thread.removed_title) or thread.title

    @property
    def headline(self):
        """What a mail about it is called."""
        return self.summary

    def html_for(self, _person):
        """Why it was decided, as a mail shows it."""
        return linebreaks(escape(self.reason)) if self.reason else ""

    def audience(self):
        """Whose words it is about; nobody hears that nothing was done."""
        return {} if self.act == self.Act.KEEP else {self.person_id: Notification.Reason.CARE}


SUMMARIES: dict[str, tuple[Any, Any]] = {
    CareEntry.Act.KEEP: (
        gettext_lazy("A post in “%(title)s” stays as it is"),
        gettext_lazy("A post in “%(title)s” stays as it is"),
    ),
    CareEntry.Act.HIDE: (
        gettext_lazy("Your post in “%(title)s” is hidden"),
        gettext_lazy("Your post in “%(title)s” is shown again"),
    ),
    CareEntry.Act.WARN: (
        gettext_lazy("About your post in “%(title)s”"),
        gettext_lazy("The warning about your post in “%(title)s” is taken back"),
    ),
    CareEntry.Act.MOVE: (
        gettext_lazy("The conversation “%(title)s”, in which you wrote, was moved"),
        gettext_lazy("The conversation “%(title)s” was moved back"),
    ),
    CareEntry.Act.CLOSE: (
        gettext_lazy("The conversation “%(title)s”, in which you wrote, is closed"),
        gettext_lazy("The conversation “%(title)s” is open again"),
    ),
    CareEntry.Act.SLOW: (
        gettext_lazy("The conversation “%(title)s”, in which you wrote, is slowed down"),
        gettext_lazy("The conversation “%(title)s” is no longer slowed down"),
    ),
    CareEntry.Act.PAUSE: (
        gettext_lazy("Your writing is paused"),
        gettext_lazy("You can write again"),
    ),
}
