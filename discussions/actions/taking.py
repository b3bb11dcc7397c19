"""Taking posts from one conversation into another: what a split, a merge and their undoing have in common."""

from bisect import bisect_right
from collections.abc import Collection, Iterable

from django.utils import timezone

from ..models import Post, StillNew, Thread, ThreadRead
from .moving import Shares, count_at, rehome

ROWS_AT_ONCE = 2_000
Written = tuple[int, int]  # a post's id and its author's


def take_posts(ids: Collection[int], source: Thread, target: Thread) -> None:
    """Let the posts with these ids stand in `target`. Counters, what people have read and what was told follow.

    The caller holds the locks of both threads, and saves nothing of them afterwards but what it changes itself.
    """
    before = {thread.pk: thread.share for thread in (source, target)}
    posts = Post.objects.with_ids(ids)
    carry_reads(posts.written(), source, target)
    posts.update(thread=target)
    for thread in (source, target):
        count_anew(thread)
    shares: dict[int, Shares] = {}
    for thread in (source, target):
        posts_here, threads_here = shares.get(thread.place_id, (0, 0))
        more_posts, more_threads = thread.share[0] - before[thread.pk][0], thread.share[1] - before[thread.pk][1]
        shares[thread.place_id] = posts_here + more_posts, threads_here + more_threads
    count_at(shares)
    if source.place_id != target.place_id:
        rehome(posts, target.place)


def count_anew(thread: Thread) -> None:
    standing = thread.posts.standing()
    thread.post_count = standing.count()
    thread.last_post_at = standing.last_at() or thread.last_post_at
    thread.save(update_fields=["post_count", "last_post_at"])


def carry_reads(coming: list[Written], source: Thread, target: Thread) -> None:
    """Let everybody have read in `target` what they had read of both, to the post. Locks their rows in order.

    The mark goes where the further of both stood; what they had not read before it stays new to them one by one.
    """
    there = target.posts.written()
    marks: dict[int, dict[int, int]] = {}
    rows = ThreadRead.objects.in_threads([source, target]).select_for_update().order_by("person", "thread")
    for person, thread, up_to in rows.values_list("person", "thread", "up_to"):
        marks.setdefault(person, {})[thread] = up_to
    reads, still = [], []
    for person, reached in marks.items():
        up_to_there = reached.get(target.pk, 0) if there else 0
        up_to_coming = last_up_to(coming, reached.get(source.pk, 0))
        mark = max(up_to_there, up_to_coming)
        reads.append(ThreadRead(person_id=person, thread=target, up_to=mark, changed_at=timezone.now()))
        passed = [*between(there, up_to_there, mark), *between(coming, up_to_coming, mark)]
        still += [StillNew(person_id=person, post_id=post) for post, author in passed if author != person]
    ThreadRead.objects.bulk_create(
        reads,
        ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["person", "thread"],
        update_fields=["up_to", "changed_at"],
    )
    StillNew.objects.bulk_create(still, ROWS_AT_ONCE, ignore_conflicts=True)


def last_up_to(posts: list[Written], mark: int) -> int:
    """The last id up to `mark`; 0 if there is none. `posts` are in the order of their ids."""
    at = bisect_right(posts, mark, key=lambda post: post[0])
    return posts[at - 1][0] if at else 0


def between(posts: list[Written], after: int, up_to: int) -> Iterable[Written]:
    start, end = (bisect_right(posts, mark, key=lambda post: post[0]) for mark in (after, up_to))
    return posts[start:end]
