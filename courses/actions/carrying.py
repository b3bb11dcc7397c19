"""Showing conversations of one cohort to a later one of the same course."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from discussions.actions import carry_thread
from discussions.models import CarriedThread, Thread

from ..models import Cohort, UnitPlace


@transaction.atomic
def carry_threads(*, by: User, threads: Iterable[Thread], cohort: Cohort) -> list[CarriedThread]:
    """Show each of `threads` at the same unit in `cohort`; all or none. Raises NotTheirs and StaysBehind. What is
    there already stays as it is."""
    carried = []
    for thread in sorted(threads, key=lambda thread: thread.pk):  # locked in the order in which all are
        unit_place = UnitPlace.objects.beside(thread.place, in_community=cohort.community_id)
        carried.append(carry_thread(by=by, thread=thread, place=unit_place.place))
    return carried
