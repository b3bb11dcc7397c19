"""Showing conversations of one cohort to a later one of the same course."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from community.models import Community
from discussions.actions import StaysBehind, carry_thread
from discussions.models import CarriedThread, Thread

from ..models import communities_carried_to, places_in


@transaction.atomic
def carry_threads(*, by: User, threads: Iterable[Thread], to: Community) -> list[CarriedThread]:
    """Show each of `threads` in another community, at the same unit where it reads that; all or none. Raises NotTheirs
    and StaysBehind. What is there already stays as it is."""
    threads = sorted(threads, key=lambda thread: thread.pk)  # locked in the order in which all are
    places = places_in(to, [thread.place for thread in threads])
    for community in {thread.place.community for thread in threads}:
        if not communities_carried_to(community).filter(pk=to.pk).exists():
            raise StaysBehind(community)
    return [carry_thread(by=by, thread=thread, place=place) for thread, place in zip(threads, places, strict=True)]
