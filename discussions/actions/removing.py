"""Taking posts out of a conversation, and bringing them back. Nothing is deleted from the database."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Thread
from .locking import lock_thread
from .talking import count_posts


class NotTheirs(Exception):
    """This person may not do that with this post."""


@transaction.atomic
def delete_post(*, by: User, post: Post) -> Post:
    """Take a post's words out of sight; its place in the conversation stays. Raises NotTheirs.

    Locks the thread row, so counters hold. Of a post that is gone already nothing changes: who removed it first
    did, and may undo it.
    """
    post = locked(post)
    if post.is_gone and post.is_tended_by(by):
        return post
    if not post.may_be_deleted_by(by):
        raise NotTheirs(post)
    take_away(post, by)
    return post


def take_away(post: Post, by: User, *, hides: bool = False) -> None:
    """Let a post be gone, or `hides` it but for its author and guides. The caller holds both locks."""
    post.deleted_at, post.deleted_by = timezone.now(), by
    post.hidden_at = post.deleted_at if hides else None
    post.save(update_fields=["deleted_at", "deleted_by", "hidden_at"])
    if post.is_opening:
        let_title_follow(post)
    if post.is_accepted:
        post.thread.accepted_post = post.thread.accepted_by = post.thread.accepted_at = None
        post.thread.save(update_fields=["accepted_post", "accepted_by", "accepted_at"])
    recount(post.thread, -1)
    record_event(Event.Verb.REMOVED, actor=by, place=post.thread.place, target=post, tells=False)


@transaction.atomic
def restore_post(*, by: User, post: Post) -> Post:
    """Bring back a post: its author what they removed themselves, a guide what a guide removed. Raises NotTheirs.

    Locks the thread row. A second call changes nothing.
    """
    post = locked(post)
    if not post.is_gone and post.is_tended_by(by):
        return post
    if not post.may_be_restored_by(by):
        raise NotTheirs(post)
    bring_back(post, by)
    return post


def bring_back(post: Post, by: User) -> None:
    """Let a post stand again. The caller holds both locks."""
    post.deleted_at = post.deleted_by = post.hidden_at = None
    post.save(update_fields=["deleted_at", "deleted_by", "hidden_at"])
    if post.is_opening:
        let_title_follow(post)
    recount(post.thread, 1)
    record_event(Event.Verb.RESTORED, actor=by, place=post.thread.place, target=post, tells=False)


def locked(post: Post) -> Post:
    """The post as it is now, with its thread as it is now; both rows locked, in the order in which everybody locks
    them. Where it went to another thread meanwhile, that one; the lock of the one that it left is let go of."""
    thread_id = post.thread_id
    while True:
        before = transaction.savepoint()
        thread = lock_thread(thread_id)
        post = Post.objects.select_for_update().get(pk=post.pk)
        if post.thread_id == thread.pk:
            transaction.savepoint_commit(before)
            post.thread = thread
            return post
        transaction.savepoint_rollback(before)
        thread_id = post.thread_id


def let_title_follow(opening: Post) -> None:
    """Let the title of a thread, which the caller saves, be gone while its beginning is: it is its author's words too,
    often the very same."""
    thread = opening.thread
    if opening.is_gone and not thread.removed_title:
        thread.title, thread.removed_title = _("A conversation whose beginning was removed"), thread.title
    elif thread.removed_title and not opening.is_gone:
        thread.title, thread.removed_title = thread.removed_title, ""


def recount(thread: Thread, more: int) -> None:
    """Let counters and the time of the last post follow; the caller holds the thread's lock."""
    count_posts(thread, more)
    thread.last_post_at = thread.posts.standing().last_at() or thread.last_post_at
    thread.save(update_fields=["title", "removed_title", "post_count", "last_post_at"])
