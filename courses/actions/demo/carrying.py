"""What the earlier cohort of the demo puts forward, and what of it is shown to the running one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from community.models import Community
from discussions.actions import consent, nominate
from discussions.models import CarriedThread, Nomination, Thread
from notifications.models import Event

from ..carrying import carry_threads


def put_forward(
    row: Mapping[str, Any],
    people: Mapping[str, User],
    heard: Callable[[models.Model, datetime], None],
    when: datetime,
) -> None:
    """A conversation that somebody put forward, what its writers said to that, and, with `to`, who carried it where."""
    at = {"title": row["title"], "place__community__slug": row["community"]}
    thread = Thread.objects.select_related("place__community").get(**at)
    for handle, choice in row.get("consent", {}).items():
        consent(by=people[handle], community=thread.place.community, choice=choice)
    nomination = nominate(by=people[row["by"]], thread=thread)
    Nomination.objects.filter(pk=nomination.pk).update(created_at=when)
    heard(nomination, when)
    if "to" in row:
        later = Community.objects.get(slug=row["to"])
        before = timezone.now()
        carried = carry_threads(by=people[row["carried_by"]], threads=[thread], to=later)
        CarriedThread.objects.filter(pk__in=[one.pk for one in carried]).update(carried_at=when)
        told = Event.objects.filter(verb=Event.Verb.CARRIED, created_at__gte=before)
        told.update(created_at=when, fanned_out_at=when)
