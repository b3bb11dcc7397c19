"""How much the reader of a page hears of a conversation; see notifications.models.hearing."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from notifications.models import Hearing, knowing_levels, paths_from

POSED = ("prompt", "topic", "notice")  # what guides ask or tell everybody


class HeardQuerySet(models.QuerySet):
    def knowing_levels_of(self, user_id):
        """With what this person chose about each and about what is around it."""
        return knowing_levels(self, user_id, [("pk", apps.get_model("discussions", "Thread")), *paths_from("place")])

    def as_followed(self, user):
        """Those that `user` may see, with what a list of what they follow says of them."""
        known = self.visible_to(user).knowing_unwanted_by(user.pk).knowing_levels_of(user.pk)  # type: ignore[attr-defined]
        started = Q(created_by=user.pk) & ~Q(kind__in=POSED)
        return known.select_related("place__community", "place__within").annotate(has_started=started)


class Heard(models.Model):
    follow_kind = "thread"
    hearing: Any = None  # how much the page's reader hears of it; note_hearing sets it

    class Meta:
        abstract = True

    def note_hearing(self, user_id):
        """For a thread read with `knowing_levels_of` that person."""
        self.hearing = Hearing.of(self, user_id)


class HeardPost(models.Model):
    class Meta:
        abstract = True

    @property
    def followed(self):
        return self.thread  # type: ignore[attr-defined]

    @property
    def tells_followers(self):
        """Whether who follows the conversation hears of it: it stands, and its thread is open."""
        return not (self.is_gone or self.thread.is_waiting)  # type: ignore[attr-defined]
