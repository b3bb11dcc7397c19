"""Proposed topics: what members of a community would like to talk about, and what stands on top of that list."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery

from community.models import Membership

from .terms import TermsQuerySet


class ProposalQuerySet(TermsQuerySet):
    def proposals(self):
        """Those that wait for their turn: their words stand, they can be talked about, and whoever proposed them is
        still there."""
        there = Membership.objects.current().filter(community=OuterRef("place__community"), user=OuterRef("created_by"))
        stands = {"removed_title": "", "post_count__gt": 0, "closed_at": None, "merged_into": None}
        return self.filter(Exists(there.filter(user__is_active=True)), kind="proposal", **stands)

    def set_by_hand(self, first, before):
        """Topics that no series opened and that begin on these days: from `first` on, `before` another."""
        topics = {"kind": "topic", "removed_title": "", "post_count__gt": 0, "proposed_at": None}
        return self.filter(**topics, starts_on__gte=first, starts_on__lt=before)

    def next_first(self):
        """In the order of their turns, with `vote_count`: those that a guide put first, in that order; then those that
        most people said “me too” to, and of those the oldest."""
        votes = Subquery(openings().values("me_too_count")[:1], output_field=models.IntegerField())
        picked = F("picked_at").asc(nulls_last=True)
        return self.knowing_openings().annotate(vote_count=votes).order_by(picked, "-vote_count", "proposed_at", "pk")

    def knowing_votes_of(self, user):
        """With `has_my_vote`: whether `user` said “me too” to it."""
        opening = {"post__thread": OuterRef("pk"), "post__key": OuterRef("key"), "post__author": OuterRef("created_by")}
        mine = apps.get_model("discussions", "Reaction").objects.filter(person=user.pk, word="me_too", **opening)
        return self.annotate(has_my_vote=Exists(mine))

    def knowing_openings(self):
        """With `opening_id`, the post that each began with."""
        return self.annotate(opening_id=Subquery(openings().values("pk")[:1]))


def openings():
    """For a subquery of threads: the post that each began with."""
    posts = apps.get_model("discussions", "Post").objects
    return posts.filter(thread=OuterRef("pk"), key=OuterRef("key"), author=OuterRef("created_by"))


class Proposed(models.Model):
    """When a topic was proposed, if a member did; and when a guide put it before the others that wait."""

    proposed_at = models.DateTimeField(null=True, blank=True)
    picked_at = models.DateTimeField(null=True, blank=True)

    # What a page of proposals says of it.
    has_my_vote = False  # knowing_votes_of sets it
    vote_count: int  # next_first sets it

    class Meta:
        abstract = True

    @property
    def is_proposal(self):
        """Whether it waits for its turn to be a topic."""
        return self.kind == "proposal" and not self.removed_title  # type: ignore[attr-defined]
