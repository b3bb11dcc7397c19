"""Noting how far somebody has read. Only ever their own rows, and only forward unless they ask for it."""

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Max, Min

from accounts.models import User
from community.models import Place
from notifications.actions import mark_told_read, notes_reading

from ..models import Post, StillNew, Thread, ThreadRead
from ..models.post import PostQuerySet
from ..models.reading import ThreadReadQuerySet
from ..models.still_new import still_new_to

THREADS_AT_ONCE = 200

Marks = dict[int, int]


def read_posts(user: User, *, place: Place, seen: Collection[int]) -> None:
    """Note that `user` has had the posts with the ids `seen` on the screen; ids of other places are passed over.

    A thread is read up to its last seen post before the first unseen one, so that nothing is skipped unseen; what is
    still new before the mark, post by post. Again, or at the same time, without effect.
    """

    def marks(posts: PostQuerySet) -> Marks:
        new = posts.new_to(user)
        on_screen = new.with_ids(seen).order_by("pk").values_list("thread", "pk")
        unseen = new.exclude(pk__in=seen).exclude(still_new_to(user)).order_by()
        first_unseen = dict(unseen.values_list("thread").annotate(Min("pk")))
        return {thread: post for thread, post in on_screen if post < first_unseen.get(thread, post + 1)}

    on_screen = Post.objects.at(place).with_ids(seen)
    advance(user, on_screen.new_to(user), marks, seen=on_screen)


def catch_up(user: User, *, among: PostQuerySet, up_to: int) -> None:
    """Mark all that is new to `user` among these posts as read, up to the id `up_to`: what the page showed them.
    What came in meanwhile stays new."""

    def marks(posts: PostQuerySet) -> Marks:
        new = posts.new_to(user).filter(pk__lte=up_to).order_by()
        return dict(new.values_list("thread").annotate(Max("pk")))

    shown = among.filter(pk__lte=up_to)
    advance(user, shown.new_to(user), marks, seen=shown)


@notes_reading(Post)
def read_told(user: User, ids: list[int]) -> None:
    """Mark the posts with these ids, of which a digest told, as read."""
    catch_up(user, among=Post.objects.with_ids(ids), up_to=max(ids))


@transaction.atomic
def mark_unread(user: User, post: Post) -> None:
    """Make `post` and what follows it in its thread new to `user` again, but for what is older than their joining."""
    ThreadRead.objects.of(user).take_back(post)


def advance(user: User, new: PostQuerySet, marks: Callable[[PostQuerySet], Marks], *, seen: PostQuerySet) -> None:
    """Move `user`'s reading on in the threads of the posts `new`, to where `marks` (thread id → post id) says of their
    posts, and note that they have read those of `seen`: what told of one that they were led to is read with it, though
    what is new before it in its thread is not.

    Locks their rows in order, so two tabs wait for one another. The marks are asked for under these locks, which keep
    posts from coming in from another thread meanwhile: what one has not seen is not passed over with them.
    """
    threads = sorted(set(new.order_by().values_list("thread", flat=True)))
    for start in range(0, len(threads), THREADS_AT_ONCE):
        part = threads[start : start + THREADS_AT_ONCE]
        with transaction.atomic():
            mine = lock_reads(user, part)
            posts = Post.objects.in_threads(part)
            mine.advance(marks(posts))
            StillNew.objects.of(user).of_posts(seen.in_threads(part)).delete()
            mark_told_read(user, posts.read_by(user), seen.in_threads(part))


def lock_reads(user: User, threads: list[int]) -> ThreadReadQuerySet:
    """Lock somebody's rows of these threads, and give them; where one is missing, make it under the lock of its thread,
    which is taken before those of rows everywhere."""
    mine = ThreadRead.objects.of(user).in_threads(threads)
    missing = set(threads) - set(mine.values_list("thread", flat=True))
    if missing:
        list(Thread.objects.with_ids(missing).select_for_update(no_key=True).order_by("pk").values_list("pk"))
        rows = [ThreadRead(person=user, thread_id=thread) for thread in sorted(missing)]
        ThreadRead.objects.bulk_create(rows, ignore_conflicts=True)
    list(mine.select_for_update().order_by("thread").values_list("pk"))
    return mine
