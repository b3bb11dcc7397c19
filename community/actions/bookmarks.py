"""Keeping bookmarks: each person for themselves."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User

from ..models import Bookmark, Bookmarkable


def keep_bookmark(*, person: User, target: Bookmarkable) -> Bookmark:
    """Put a bookmark on something that `person` may see; one that is there stays as it is, one that was removed comes
    back with its note."""
    bookmark, made = Bookmark.objects.get_or_create(person=person, kind=target.bookmark_kind, object_id=target.pk)
    if not made and bookmark.removed_at:
        restore_bookmark(bookmark)
    return bookmark


def note_bookmark(bookmark: Bookmark, note: str) -> None:
    """Say for oneself what it was kept for."""
    bookmark.note = note
    bookmark.save(update_fields=["note"])


@transaction.atomic
def remove_bookmark(bookmarks: models.QuerySet[Bookmark], *, person: User) -> None:
    """Take these of `person`'s bookmarks away. For a day that can be undone; what was taken away before that is
    forgotten now."""
    bookmarks.filter(person=person, removed_at=None).update(removed_at=timezone.now())
    over = timezone.now() - timedelta(hours=Bookmark.UNDO_HOURS)
    Bookmark.objects.filter(person=person, removed_at__lt=over).delete()


def restore_bookmark(bookmark: Bookmark) -> None:
    """Undo that it was taken away."""
    bookmark.removed_at = None
    bookmark.save(update_fields=["removed_at"])
