"""Writing down that something happened, and noting what somebody has read of it."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from community.models import Place

from .. import consumers, tasks
from ..models import Event, Notification


def record_event(verb: Event.Verb, *, actor: User, place: Place, target: object, tells: bool = True) -> Event:
    """Write one Event in the caller's transaction; after the commit the open pages of `place` hear that
    something happened there, and a worker tells `target.audience()`.

    With `tells` off nobody is notified: what changed is only for who is looking and for who reads the log.
    Losing the broker loses nothing: `tasks.sweep` finds events that nobody fanned out.
    """
    transaction.on_commit(partial(consumers.ring, place.pk), robust=True)
    done = None if tells else timezone.now()
    event = Event.objects.create(verb=verb, actor=actor, place=place, target=target, fanned_out_at=done)
    if tells:
        tasks.fan_out.delay_on_commit(event.pk)
    return event


def rehome_events(targets: QuerySet, place: Place) -> None:
    """Let what happened to `targets` stand at `place`, where they are now: whoever may not see it there hears and finds
    nothing of it any more. In the caller's transaction."""
    kind = ContentType.objects.get_for_model(targets.model)
    Event.objects.filter(content_type=kind, object_id__in=targets.values("pk")).update(place=place)


def mark_read(user: User, *, up_to: int) -> int:
    """Mark `user`'s notifications up to the id `up_to` as read; what came later stays unread. Returns how many."""
    return Notification.objects.visible_to(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now())


def mark_told_read(user: User, *targets: QuerySet) -> int:
    """Mark `user`'s notifications of events about `targets` as read: they have read the thing itself. Returns how many;
    in one query, however many kinds of targets there are."""
    about = Q(pk__in=())
    for rows in targets:
        kind = ContentType.objects.get_for_model(rows.model)
        about |= Q(event__content_type=kind, event__object_id__in=rows.order_by().values("pk"))
    return Notification.objects.of(user).unread().filter(about).update(read_at=timezone.now())
