"""Bookmarks: what people keep for themselves. Nobody else ever sees one, neither guides nor admins.

What can be kept lives in the rooms above: such a model is `Bookmarkable`, and its manager's `as_bookmarks(user)` gives
those that `user` may see, with what a list says of them. So a bookmark has no rights of its own: they are asked anew
whenever one looks, wherever the thing stands by then.
"""

from functools import cache, reduce
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@cache
def keep_prefix(kind):
    return reverse("bookmark", args=[kind, 0]).removesuffix("0/")


class Bookmarkable(models.Model):
    """Something that one can keep a bookmark of: how its kind is called in addresses, and what leads to its place."""

    bookmark_kind: ClassVar[str]
    bookmark_place = "place"
    is_kept = False  # whether the reader of a page has it among their bookmarks; `knowing_kept_by` sets it

    class Meta:
        abstract = True

    @property
    def bookmark_title(self):
        """What it is called in a list of bookmarks."""
        return str(self)

    @property
    def bookmark_words(self):
        """A few words of it for such a list, as plain text."""
        return ""

    @property
    def keep_url(self):
        """Where one says that one keeps it. Each post of a page asks, so the address is looked up once for a kind."""
        return f"{keep_prefix(self.bookmark_kind)}{self.pk}/"

    @property
    def place_kept(self):
        """Where it stands; None where it stands nowhere."""
        return reduce(getattr, self.bookmark_place.split("__"), self)


KIND_NAMES = {
    "unit": (_("Unit"), _("Units")),
    "thread": (_("Conversation"), _("Conversations")),
    "post": (_("Post"), _("Posts")),
    "resource": (_("On a shelf"), _("Shelf")),
    "wiki": (_("Wiki page"), _("Wiki pages")),
    "collection": (_("Collection"), _("Collections")),
}


@cache
def bookmarkable() -> dict[str, Any]:
    """The models that can be kept, by the name of their kind, in the order of KIND_NAMES."""
    found: dict[str, Any] = {m.bookmark_kind: m for m in apps.get_models() if issubclass(m, Bookmarkable)}
    return {kind: found[kind] for kind in KIND_NAMES if kind in found}


def of_kept(rows):
    """A condition on bookmarks: that they are of `rows(model)`, a queryset, for one of the kinds."""
    conditions = (Q(kind=kind, object_id__in=rows(model).values("pk")) for kind, model in bookmarkable().items())
    return reduce(lambda some, other: some | other, conditions, Q(pk__in=()))


class BookmarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """`user`'s own, of what they may see now; what they may see again is there again."""
        seen = of_kept(lambda model: model._default_manager.visible_to(user))
        return self.of(user).filter(seen, removed_at=None)

    def of(self, user):
        """`user`'s own, among them those that they took away lately."""
        return self.filter(person=user.pk) if user.is_active else self.none()

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def of_target(self, target):
        return self.filter(kind=target.bookmark_kind, object_id=target.pk)

    def in_community(self, community):
        """Those of what stands there."""
        at = {model: {f"{model.bookmark_place}__community": community} for model in bookmarkable().values()}
        return self.filter(of_kept(lambda model: model._default_manager.filter(**at[model])))

    def removed(self):
        return self.exclude(removed_at=None)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def knowing_kept(self, rows, user):
        """`rows` of something that can be kept, with `is_kept`: whether `user` has a bookmark of it."""
        kept = self.of(user).filter(kind=rows.model.bookmark_kind, object_id=OuterRef("pk"), removed_at=None)
        return rows.annotate(is_kept=Exists(kept))


class Bookmark(models.Model):
    NOTE_MAX = 500
    UNDO_HOURS = 24

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    kind = models.CharField(max_length=12)
    object_id = models.PositiveBigIntegerField()
    note = models.CharField(_("Note"), max_length=NOTE_MAX, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)  # may be undone for UNDO_HOURS

    target: Any = None  # with_targets sets it
    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "object_id"], name="one_bookmark_a_person_and_thing")
        ]
        indexes = [models.Index(fields=["person", "-created_at"])]

    def __str__(self):
        return f"{self.person_id}: {self.kind} {self.object_id}"

    @property
    def kind_name(self):
        return KIND_NAMES[self.kind][0]


def with_targets(bookmarks, user):
    """These bookmarks with their `target`s; one query for each kind. Without those whose thing is gone by now."""
    bookmarks, found = list(bookmarks), {}
    for kind in {bookmark.kind for bookmark in bookmarks}:
        ids = [bookmark.object_id for bookmark in bookmarks if bookmark.kind == kind]
        found[kind] = bookmarkable()[kind]._default_manager.as_bookmarks(user).in_bulk(ids)
    for bookmark in bookmarks:
        bookmark.target = found[bookmark.kind].get(bookmark.object_id)
    return [bookmark for bookmark in bookmarks if bookmark.target]
