"""Locking threads: rows first, then what hangs on them.

The rows are locked by themselves and read once more afterwards. PostgreSQL leaves a row out of its answer when it has
to wait for one that then refers to another row than the one it was joined with: a thread that just moved would seem
gone.
"""

from collections.abc import Iterable

from ..models import Thread


def lock_threads(ids: Iterable[int]) -> dict[int, Thread]:
    """The threads with these ids as they are now, with their places; locked in the order of their ids."""
    locked = list(Thread.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    return Thread.objects.with_places().select_related("anchored_at__community").in_bulk(locked)


def lock_thread(thread_id: int) -> Thread:
    """One of them, with no more than its place and community."""
    Thread.objects.select_for_update().numbered(thread_id).values_list("pk").get()
    return Thread.objects.select_related("place__community").get(pk=thread_id)
