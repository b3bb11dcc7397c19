"""Questions that wait for an answer: one rule for all who look for them."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, Value, When, Window
from django.db.models.functions import RowNumber

from community.models import communities_guided_by

from .topic import TopicQuerySet


class QuestionQuerySet(TopicQuerySet):
    def open_questions(self):
        """Questions that wait: nobody has accepted an answer, answers can be given, and the asker has not taken the
        words back. With `is_replied`, whether anybody has replied, and `opening_id`, the post that asks it."""
        waiting = {"kind": "question", "accepted_post": None, "closed_at": None, "removed_title": ""}
        replied = When(post_count__gt=1, then=Value(True))
        is_replied = Case(replied, default=Value(False), output_field=models.BooleanField())
        return self.filter(**waiting, post_count__gt=0).knowing_openings().annotate(is_replied=is_replied)

    # What follows is for open questions.

    def by_neglect(self):
        """Those without a reply before the others, each from the longest waiting on."""
        return self.order_by("is_replied", "created_at", "pk")

    def neglected(self, limit):
        """Of those without a reply and of the others the `limit` that wait longest, with `of_their_kind`, how many
        there are of either."""
        rank = Window(RowNumber(), partition_by=F("is_replied"), order_by=["created_at", "pk"])
        ranked = self.annotate(of_their_kind=Window(Count("pk"), partition_by=F("is_replied")), rank=rank)
        return ranked.filter(rank__lte=limit).by_neglect()

    def asked_by(self, user):
        return self.filter(created_by=user.pk).order_by("-last_post_at", "-pk")

    def in_communities_guided_by(self, user):
        return self.filter(place__community__in=communities_guided_by(user))

    def to_help_with(self, user):
        """Those that `user` may be the one to answer: not theirs, nothing said to it by them yet, and nothing that they
        look after anyway. Those without a reply come first, the youngest before the others."""
        said = apps.get_model("discussions", "Post").objects.standing().filter(author=user.pk).values("thread")
        others = (
            self.wanted_by(user).exclude(created_by=user.pk).exclude(place__community__in=communities_guided_by(user))
        )
        return others.exclude(pk__in=said).order_by("is_replied", "-created_at", "-pk")

    def longest_waiting(self, communities, limit):
        """Of the open questions of each of these communities (ids) the `limit` that wait longest, those without a reply
        first, with who takes care of them and with `of_community`, how many there are. Without what rests."""
        here: Any = self.filter(place__community__in=communities, merged_into=None)
        here = here.awake().open_questions().knowing_tending()
        there = F("place__community")
        rank = Window(RowNumber(), partition_by=there, order_by=["is_replied", "created_at", "pk"])
        ranked = here.annotate(of_community=Window(Count("pk"), partition_by=there), rank=rank)
        return ranked.filter(rank__lte=limit).with_places().by_neglect()
