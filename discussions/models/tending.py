"""What the guides of a community do together about its conversations: one of them takes care of one, or it rests."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from community.models import Membership

from .question import QuestionQuerySet

CLAIM_DAYS = 7  # then nobody takes care of it, unless they say so again
QUIET_DAYS = 4  # since the last post
OVER_DAYS = 45  # then it is over rather than quiet


class TendedQuerySet(QuestionQuerySet):
    def knowing_tending(self):
        """With `tending`, where guides have done anything about them, `is_claimed` and `is_resting`."""
        marks = {"is_claimed": Exists(tendings().claimed()), "is_resting": Exists(tendings().resting())}
        return self.select_related("tending__claimed_by").annotate(**marks)

    def awake(self):
        """Without those that rest."""
        return self.filter(~Exists(tendings().resting()))

    def resting(self):
        return self.filter(Exists(tendings().resting()))

    def by_need_of(self, user):
        """Open questions: what other guides take care of comes last, then by neglect. For those knowing their
        tending."""
        others = Case(When(~Q(tending__claimed_by=user.pk), is_claimed=True, then=1), default=0)
        return self.order_by(others, "is_replied", "created_at", "pk")

    def quiet(self):
        """Conversations worth a push: open, and nobody has said anything for some days. Those that nobody has answered
        come first, then those with most posts. Questions and proposed topics wait elsewhere, what was announced or
        distilled is done, and prompts in the text are part of the text."""
        now = timezone.now()
        silent = {"last_post_at__gt": now - timedelta(days=OVER_DAYS), "last_post_at__lt": now - timedelta(QUIET_DAYS)}
        goes_on = Q(closes_at=None) | Q(closes_at__gt=now)
        found = self.filter(goes_on, **silent, closed_at=None, distilled_at=None, post_count__gt=0, removed_title="")
        asked = Case(When(post_count=1, then=0), default=1)
        told = (
            found.exclude(kind__in=("question", "notice", "proposal"))
            .exclude(is_in_text=True)
            .opened()
            .knowing_openings()
        )
        return told.order_by(asked, "-post_count", "-last_post_at", "-pk")

    def running(self):
        """What guides ask everybody and what can be answered now, the newest first. Prompts in the text are part of
        the text."""
        now = timezone.now()
        goes_on = Q(closes_at=None) | Q(closes_at__gt=now)
        asked = Q(kind="prompt", is_in_text=False) | Q(kind="topic", current_until__gt=now)
        found = self.filter(asked, goes_on, closed_at=None, post_count__gt=0, removed_title="").opened()
        return found.knowing_openings().order_by("-opens_at", "-pk")

    def asked_later(self):
        """What guides ask everybody and what opens by itself, the next one first."""
        later = self.filter(opens_at__gt=timezone.now(), post_count__gt=0, removed_title="")
        return later.order_by("opens_at", "pk")

    def opening_around(self, now, span, communities):
        """What opens by itself within `span` of now, or did, in these communities (ids)."""
        when = {"opens_at__gt": now - span, "opens_at__lt": now + span, "place__community__in": communities}
        return self.filter(**when, post_count__gt=0, removed_title="", merged_into=None).order_by("opens_at", "pk")

    def announced(self):
        told = self.filter(kind="notice", post_count__gt=0).knowing_openings()
        return told.order_by("-created_at", "-pk")


def tendings():
    """Those of the thread of an outer query."""
    return Tending.objects.filter(thread=OuterRef("pk"))


class TendingQuerySet(models.QuerySet):
    def claimed(self):
        """Those of which somebody takes care who guides the community now, and has said so lately."""
        here = {"community": OuterRef("thread__place__community"), "user": OuterRef("claimed_by")}
        guides = Membership.objects.current().guides().filter(**here, user__is_active=True)
        return self.filter(Exists(guides), claimed_at__gt=timezone.now() - timedelta(days=CLAIM_DAYS))

    def resting(self):
        """Those that rest until later; words that somebody writes there wake them."""
        return self.filter(rests_until__gt=timezone.now(), rested_at__gte=F("thread__last_post_at"))


class Tending(models.Model):
    """For one conversation. Whether its claim and its rest still hold, the queryset says: both end by themselves."""

    thread = models.OneToOneField("discussions.Thread", on_delete=models.CASCADE, related_name="tending")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    rested_at = models.DateTimeField(null=True, blank=True)
    rested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = TendingQuerySet.as_manager()

    def __str__(self):
        return f"{self.thread_id}: {self.claimed_by_id or self.rests_until}"


class Tended(models.Model):
    """What the page of the guides says of a conversation; knowing_tending sets it."""

    is_claimed = is_resting = False

    class Meta:
        abstract = True

    @property
    def claimed_by(self) -> Any:
        """The guide who takes care of it, or None."""
        return self.tending.claimed_by if self.is_claimed else None  # type: ignore[attr-defined]
