"""Changing what one said. Every earlier text is kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import images_for, note_shown, pictures, render_at
from community.models import EditConflict
from markup import Profile
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, PostRevision
from .pacing import POSTS_A_MINUTE, POSTS_AN_HOUR, TooFast
from .removing import locked


class PostGone(Exception):
    """The post was removed meanwhile, or its author may not write here any more."""


@transaction.atomic
def edit_post(*, author: User, post: Post, body: str, version: int) -> Post:
    """Save a new text on top of `version`; who is newly named in it hears of it. Locks the thread
    row, then the post row.

    Raises PostGone, TooFast, TooLong, and EditConflict when the post is at another version by now. Saving the same
    words again makes no revision, so a double click makes one.
    """
    post = locked(post)
    if not post.may_be_edited_by(author):
        raise PostGone(post)
    if post.source == body:
        return post
    if post.version != version:
        raise EditConflict(post)
    refuse_if_edited_too_fast(author)
    return save_text(post, body)


def save_text(post: Post, body: str) -> Post:
    """Write post, revision and event; the caller holds the transaction and the lock."""
    place = post.thread.place
    images = images_for(post.author, body, shown_by=post)
    rendered, mentioned = render_at(place, body, Profile.POST, images=pictures(images), key=f"p{post.key.hex[:8]}")
    revision = PostRevision.objects.create(
        post=post,
        number=post.version,
        source=post.source,
        author=post.author,
        created_at=post.edited_at or post.created_at,
    )
    post.source, post.html, post.renderer = body, rendered.html, rendered.version
    post.version += 1
    post.edited_at = timezone.now()
    post.save(update_fields=["source", "html", "renderer", "version", "edited_at"])
    named_before = set(post.mentioned.all())
    post.mentioned.set(mentioned)
    note_shown(post, images, rendered.images, by=post.author)
    record_event(Event.Verb.CHANGED, actor=post.author, place=place, target=post, tells=False)
    if set(mentioned) - named_before:
        record_event(Event.Verb.MENTIONED, actor=post.author, place=place, target=revision)
    return post


def refuse_if_edited_too_fast(author: User) -> None:
    """Raises TooFast when `author` edited as often as they may write posts."""
    now = timezone.now()
    for seconds, limit in ((60, POSTS_A_MINUTE), (3600, POSTS_AN_HOUR)):
        since = now - timedelta(seconds=seconds)
        again = PostRevision.objects.by(author).edits_since(since).count()
        if again + author.posts.edited_since(since).count() >= limit:
            raise TooFast(seconds)
