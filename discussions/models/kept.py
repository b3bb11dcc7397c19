"""Conversations and posts among somebody's bookmarks: no more of them than pages show."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Left

from accounts.models import HiddenPerson
from community.models import Bookmarkable

from .excerpt import EXCERPT_HTML, first_words
from .heard import Heard, HeardPost, HeardQuerySet

BOOKMARK_WORDS = 140  # characters


class KeptThreadQuerySet(HeardQuerySet):
    def as_bookmarks(self, user):
        known = self.visible_to(user).knowing_unwanted_by(user.pk)  # type: ignore[attr-defined]
        return known.select_related("place__community")


class KeptThread(Bookmarkable, Heard):
    bookmark_kind = "thread"

    class Meta(Bookmarkable.Meta):
        abstract = True

    @property
    def bookmark_title(self):
        return self.shown_title  # type: ignore[attr-defined]


class KeptPostQuerySet(models.QuerySet):
    def as_bookmarks(self, user):
        """With how they begin; not those that were removed, that stand behind a curtain, or by somebody blocked."""
        blocked = Q(author__in=HiddenPerson.objects.hidden_from(user.pk), alias=None)
        told = When(~blocked, deleted_at=None, thread__answer_first=False, then=Left("html", EXCERPT_HTML))
        known = self.visible_to(user).as_targets().knowing_unwanted_by(user.pk)  # type: ignore[attr-defined]
        return known.with_communities().annotate(kept_html=Case(told, default=Value("")))


class KeptPost(Bookmarkable, HeardPost):
    bookmark_kind = "post"
    bookmark_place = "thread__place"
    kept_html = ""  # how it begins, for a bookmark of it; as_bookmarks sets it

    class Meta(Bookmarkable.Meta):
        abstract = True

    @property
    def bookmark_words(self):
        return first_words(self.kept_html, BOOKMARK_WORDS)
