"""Topics: what a community talks about for a day or a week."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from .proposal import ProposalQuerySet, Proposed
from .speaker import people_of
from .terms import opened

WEEK_DAYS = 7
FACES_SHOWN = 4
APART = ("topic", "proposal")


class TopicQuerySet(ProposalQuerySet):
    def opened(self):
        """Without what is to open later, for guides too."""
        return self.filter(opened())

    def topics(self):
        """Those whose words stand. One whose words were removed goes on as a conversation like others."""
        return self.filter(kind="topic", removed_title="", post_count__gt=0)

    def without_topics(self):
        """Without what stands apart: topics, and what is proposed as one."""
        return self.exclude(kind__in=APART, removed_title="")

    def current(self):
        """For each community the topic that is its own now: of those whose days these are, the one that opened last."""
        return self.topics().filter(is_current())

    def earlier(self):
        """Those that were their community's; what was said last comes first."""
        return self.topics().filter(opened(), ~is_current()).order_by("-last_post_at", "-pk")

    def current_first(self):
        """The topic of now, if there is one, with `is_current`, then the earlier ones."""
        marked = self.topics().filter(opened()).annotate(is_current=Case(When(is_current(), then=True), default=False))
        return marked.order_by("-is_current", "-last_post_at", "-pk")

    def to_come(self):
        """Topics that have not opened yet, also those that were cancelled, the next one first."""
        return self.filter(kind="topic", opens_at__gt=timezone.now()).knowing_openings().order_by("opens_at", "pk")

    def by_community(self):
        return self.order_by("place__community__title", "place", "pk")


def is_current():
    now = timezone.now()
    theirs = apps.get_model("discussions", "Thread").objects.topics().filter(opens_at__lte=now, current_until__gt=now)
    after = Q(opens_at__gt=OuterRef("opens_at")) | Q(opens_at=OuterRef("opens_at"), pk__gt=OuterRef("pk"))
    later = theirs.filter(after, place=OuterRef("place"))
    return Q(opens_at__lte=now, current_until__gt=now) & ~Q(Exists(later))


class Topical(Proposed):
    """The days that a topic stands for, as whoever set it named them, on their calendar. When they begin and end is in
    `opens_at` and `current_until`."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    shown: Any

    class Meta:
        abstract = True

    @property
    def is_topic(self):
        return self.kind == "topic"  # type: ignore[attr-defined]

    @property
    def grows_by_posts(self):
        """Whether a page that shows it needs no more than a post that was just added; what guides ask folds and counts
        its answers."""
        return not (self.is_prompt or self.is_topic)  # type: ignore[attr-defined]

    @property
    def is_cancelled(self):
        return self.is_topic and self.removed_title != ""  # type: ignore[attr-defined]

    @property
    def is_of_a_day(self):
        return self.starts_on == self.ends_on

    @property
    def is_of_a_week(self):
        if not (self.starts_on and self.ends_on):
            return False
        return 0 < (self.ends_on - self.starts_on).days < WEEK_DAYS

    @property
    def opening(self):
        """Of the shown posts the one with its words."""
        return next((post for post in self.shown if post.is_opening), None)

    @property
    def repliers(self):
        """A few of those who spoke last among the shown posts."""
        replies = (post for post in reversed(self.shown) if not (post.is_opening or post.is_gone))
        return people_of(replies)[:FACES_SHOWN]
