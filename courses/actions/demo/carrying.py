"""What the earlier cohort of the demo puts forward, and what of it is shown to the running one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from community.models import Community
from courses.models import CarriedThing, ThingNomination
from discussions.actions import consent, nominate
from discussions.models import CarriedThread, Nomination, Thread
from notifications.models import Event
from resources.models import Resource
from wiki.models import WikiPage

from ..carrying import carry_threads
from ..carrying_things import carry_things, nominate_thing

KINDS = {"title": Thread, "link": Resource, "page": WikiPage}  # what a row names, by its title


def put_forward(
    row: Mapping[str, Any],
    people: Mapping[str, User],
    heard: Callable[[models.Model, datetime], None],
    when: datetime,
) -> None:
    """Something that somebody put forward, what its writers said to that, and, with `to`, who carried it where."""
    name = next(name for name in KINDS if name in row)
    at = {"title": row[name], "place__community__slug": row["community"]}
    rows: Any = KINDS[name]._default_manager
    thing = rows.select_related("place__community").get(**at)
    for handle, choice in row.get("consent", {}).items():
        consent(by=people[handle], community=thing.place.community, choice=choice)
    by = people[row["by"]]
    is_thread = isinstance(thing, Thread)
    nomination = nominate(by=by, thread=thing) if is_thread else nominate_thing(by=by, thing=thing)
    (Nomination if is_thread else ThingNomination).objects.filter(pk=nomination.pk).update(created_at=when)
    heard(nomination, when)
    if "to" in row:
        carry(thing, by=people[row["carried_by"]], to=Community.objects.get(slug=row["to"]), when=when)


def carry(thing: Any, *, by: User, to: Community, when: datetime) -> None:
    before = timezone.now()
    if isinstance(thing, Thread):
        ids = [one.pk for one in carry_threads(by=by, threads=[thing], to=to)]
        CarriedThread.objects.filter(pk__in=ids).update(carried_at=when)
    else:
        ids = [one.pk for one in carry_things(by=by, things=[thing], to=to)]
        CarriedThing.objects.filter(pk__in=ids).update(carried_at=when)
    told = Event.objects.filter(verb=Event.Verb.CARRIED, created_at__gte=before)
    told.update(created_at=when, fanned_out_at=when)
