"""Taking care of a conversation, for guides: one of them claims it, or they let it rest."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Rights, Tending, Thread
from .locking import lock_thread
from .removing import NotTheirs

LONGEST_REST_DAYS = 30


class Claimed(Exception):
    """Another guide takes care of it by now."""

    def __init__(self, by: User) -> None:
        super().__init__(by)
        self.by = by


@transaction.atomic
def claim(*, by: User, thread: Thread, instead_of: int | None = None) -> None:
    """Say that `by` takes care of a conversation, and end its rest. `instead_of` is the id of the guide from whom they
    take it over.

    Locks the thread row. Raises NotTheirs, and Claimed when it is anybody else's by then. A second call says so again,
    which lets the claim hold for longer.
    """
    tending = locked_tending(by, thread)
    taken = Tending.objects.claimed().filter(pk=tending.pk).first()
    if taken and taken.claimed_by_id not in (by.pk, instead_of):
        raise Claimed(taken.claimed_by)  # type: ignore[arg-type]
    tending.claimed_by, tending.claimed_at, tending.rests_until = by, timezone.now(), None
    tending.save(update_fields=["claimed_by", "claimed_at", "rests_until"])


@transaction.atomic
def release(*, by: User, thread: Thread) -> None:
    """Let go of a conversation, if it is `by` who takes care of it. Locks the thread row. Raises NotTheirs."""
    tending = locked_tending(by, thread)
    if tending.claimed_by_id == by.pk:
        tending.claimed_by = tending.claimed_at = None
        tending.save(update_fields=["claimed_by", "claimed_at"])


@transaction.atomic
def let_rest(*, by: User, thread: Thread, days: int) -> None:
    """Keep a conversation out of what needs the guides for so many days, or until somebody writes there; 0 wakes it.
    Locks the thread row. Raises NotTheirs."""
    tending = locked_tending(by, thread)
    now = timezone.now()
    tending.rests_until = now + timedelta(days=min(days, LONGEST_REST_DAYS)) if days else None
    tending.rested_at, tending.rested_by = now, by
    tending.save(update_fields=["rests_until", "rested_at", "rested_by"])


def locked_tending(by: User, thread: Thread) -> Tending:
    thread = lock_thread(thread.pk)
    if not Rights.at(thread.place, by).may_tend:
        raise NotTheirs(thread)
    return Tending.objects.get_or_create(thread=thread)[0]
