"""Noting how far somebody has read. Only ever their own rows, and only forward unless they ask for it."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max, Min

from accounts.models import User
from community.models import Place
from notifications.actions import mark_told_read

from ..models import Post, ThreadRead
from ..models.post import PostQuerySet

THREADS_AT_ONCE = 200


def read_posts(user: User, *, place: Place, seen: Collection[int]) -> None:
    """Note that `user` has had the posts with the ids `seen` on the screen; ids of other places are passed over.

    A thread is read up to its last seen post before the first unseen one, so that nothing is skipped unseen.
    Again, or at the same time, without effect.
    """
    new = Post.objects.at(place).new_to(user)
    on_screen = new.with_ids(seen).order_by("pk").values_list("thread", "pk")
    unseen = new.filter(thread__in=[thread for thread, _ in on_screen]).exclude(pk__in=seen).order_by()
    first_unseen = dict(unseen.values_list("thread").annotate(Min("pk")))
    advance(user, {thread: post for thread, post in on_screen if post < first_unseen.get(thread, post + 1)})


def catch_up(user: User, *, among: PostQuerySet, up_to: int) -> None:
    """Mark all that is new to `user` among these posts as read, up to the id `up_to`: what the page showed them.
    What came in meanwhile stays new."""
    new = among.new_to(user).filter(pk__lte=up_to).order_by()
    advance(user, dict(new.values_list("thread").annotate(Max("pk"))))


@transaction.atomic
def mark_unread(user: User, post: Post) -> None:
    """Make `post` and what follows it in its thread new to `user` again, but for what is older than their joining."""
    ThreadRead.objects.of(user).take_back(post)


def advance(user: User, marks: dict[int, int]) -> None:
    """Move `user`'s reading on: thread id → post id. Locks their rows in order, so two tabs wait for one another."""
    threads = sorted(marks)
    for start in range(0, len(threads), THREADS_AT_ONCE):
        part = {thread: marks[thread] for thread in threads[start : start + THREADS_AT_ONCE]}
        with transaction.atomic():
            rows = [ThreadRead(person=user, thread_id=thread) for thread in part]
            ThreadRead.objects.bulk_create(rows, ignore_conflicts=True)
            mine = ThreadRead.objects.of(user).in_threads(part)
            list(mine.select_for_update().order_by("thread").values_list("pk"))
            mine.advance(part)
            mark_told_read(user, Post.objects.in_threads(part).read_by(user))
