"""On what terms a conversation is held: what facilitators say about a prompt or a topic."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import communities_guided_by

from .state import TermsState
from .unwanted import BegunQuerySet


class TermsQuerySet(BegunQuerySet):
    def in_text(self):
        return self.filter(is_in_text=True)

    def due(self):
        """Those whose time to open has come and that nobody was told of."""
        return self.filter(opens_at__lte=timezone.now(), opened_at=None).order_by("opens_at", "pk")

    def asking_first(self, user, now=None):
        """Those whose answers `user` is asked to read after giving one; see Rights.is_asked_first."""
        is_open = Q(closes_at=None) | Q(closes_at__gt=now or timezone.now())
        open_ones = self.filter(is_open, answer_first=True, closed_at=None)
        theirs = open_ones.exclude(place__community__in=communities_guided_by(user))
        return theirs.knowing_answers_of(user.pk).filter(has_my_answer=False)

    def knowing_answers_of(self, user_id):
        """With `has_my_answer`: whether this person has answered, if only with what is removed by now."""
        mine = apps.get_model("discussions", "Post").objects.filter(thread=OuterRef("pk"), author=user_id).answers()
        return self.annotate(has_my_answer=Exists(mine))


class Terms(TermsState, models.Model):
    """When a thread opens and closes, and how it is answered.

    Before `opens_at` only guides see it; `opened_at` is when everybody was told of it. After `closes_at` nobody answers
    it. `current_until` is how long a topic is its community's; one goes on talking about it.
    """

    is_in_text = models.BooleanField(default=False)  # a prompt whose words stand in the text: all its posts are answers
    answer_first = models.BooleanField(_("Answer before reading others"), default=False)
    is_anonymous = models.BooleanField(_("Anonymous to members"), default=False)
    opens_at = models.DateTimeField(_("Opens"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("Closes"), null=True, blank=True)
    current_until = models.DateTimeField(_("Until"), null=True, blank=True)

    # What a page says of it to its reader.
    has_my_answer: bool  # knowing_answers_of sets it
    is_covered = is_read_quietly = False  # whether they are asked to answer first, or read without
    covered: Any = ()  # ids of posts that the curtain is in front of
    covered_post: int | None = None  # that of the one which an address asks for

    class Meta:
        abstract = True

    @property
    def is_waiting(self):
        """Whether it is to be opened yet. What hasn't opened counts nowhere."""
        return self.opens_at is not None and self.opened_at is None

    @property
    def is_scheduled(self):
        """Whether only guides see it yet."""
        return self.opens_at is not None and self.opens_at > timezone.now()

    @property
    def has_terms(self):
        """Whether facilitators say on what terms it is held."""
        return self.is_prompt or self.is_topic  # type: ignore[attr-defined]

    @property
    def is_announcement(self):
        return self.kind == "notice"  # type: ignore[attr-defined]

    @property
    def is_posed(self):
        """Whether guides ask or tell everybody something with it, in words of its own."""
        is_asked = self.is_prompt and not self.is_in_text  # type: ignore[attr-defined]
        return is_asked or self.is_topic or self.is_announcement  # type: ignore[attr-defined]

    @property
    def is_over(self):
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_open(self):
        """Whether it takes words now."""
        return self.closed_at is None and not self.is_over and not self.is_scheduled  # type: ignore[attr-defined]

    def draw_curtain(self, *, quietly):
        """Keep the shown answers back until the page's reader has answered; or let them be read without a mark."""
        self.is_read_quietly, self.is_covered = quietly, not quietly
        if not quietly:
            self.covered = [post.pk for post in self.shown if not post.is_opening]  # type: ignore[has-type]
            self.shown = [post for post in self.shown if post.is_opening]  # type: ignore[has-type]
            self.earlier = 0

    def note_covered(self, post_id):
        """Note that an address asks for the post with this id, if the curtain is in front of it; says whether."""
        self.covered_post = post_id if post_id in self.covered else None
        return self.covered_post is not None


def opened(now=None, thread=""):
    """Threads that members see: those that open at no certain time, or have opened. `thread` leads to one."""
    return Q(**{f"{thread}opens_at": None}) | Q(**{f"{thread}opens_at__lte": now or timezone.now()})
