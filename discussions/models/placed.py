"""Where posts stand: in which order, and within whose reach."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from community.models.place import is_open

from .speaker import SpokenQuerySet


class PlacedQuerySet(SpokenQuerySet):
    def index_of(self, post_id):
        """How many of these posts stand before the one with this id; None if it isn't among them."""
        post = self.filter(pk=post_id).first()
        return self.before(post).count() if post else None

    def before(self, post):
        return self.filter(Q(created_at__lt=post.created_at) | Q(created_at=post.created_at, pk__lt=post.pk))

    def after(self, post):
        return self.filter(Q(created_at__gt=post.created_at) | Q(created_at=post.created_at, pk__gt=post.pk))

    def numbering(self, rows):
        """`rows` with the id of the newest of these posts as `newest_post`, 0 for none."""
        newest = models.Subquery(self.order_by("-pk").values("pk")[:1])
        return rows.annotate(newest_post=Coalesce(newest, 0))

    def written(self):
        """Id and author's id of each, in the order of the ids."""
        return list(self.order_by("pk").values_list("pk", "author"))

    def without_names(self):
        """Those whose authors members know by a number."""
        return self.filter(alias__isnull=False)

    def went_from(self, thread):
        """Those that guides took out of `thread`, and that stand elsewhere now."""
        return self.filter(transfers__source=thread).exclude(thread=thread)


def answers_here():
    """Whether what a post answers is for all its readers to see: at the same place, or at an open one of the same
    community."""
    answered, place = "answers_to__thread__place", F("thread__place")
    same_place = Q(**{answered: place})
    near = Q(**{f"{answered}__community": F("thread__place__community")}) & is_open(f"{answered}__")
    return Case(When(same_place | near, then=True), default=False, output_field=models.BooleanField())
