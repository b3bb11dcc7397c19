"""Where a conversation lives: itself, or the one that it was merged into."""

from .thread import Thread


def threads_now(ids, visible):
    """Id → thread for those of `ids` that are among the threads `visible`; for one that was merged, the one that holds
    its posts now."""
    found = visible.in_bulk(ids)
    gone = ids - found.keys()
    homes = {thread.pk: thread.lives_in.pk for thread in Thread.objects.with_ids(gone).merged()} if gone else {}
    moved = visible.in_bulk(set(homes.values())) if homes else {}
    return found | {pk: moved[home] for pk, home in homes.items() if home in moved}
