"""Topic series: when topics open by themselves, and opening the next one."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Community, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Rhythm, Rights, Thread, TopicSeries
from .locking import lock_thread
from .removing import NotTheirs

MONDAY_AT = datetime.time(9)


@transaction.atomic
def set_series(*, by: User, place: Place, times: Mapping[str, Any]) -> TopicSeries:
    """Let the commons `place` open topics at `times` (fields of TopicSeries), from the next of them on; a series that
    rests goes on. Raises NotTheirs. A second call changes nothing."""
    if not Rights.at(place, by).may_pose:
        raise NotTheirs(place)
    return keep_times(place, by, times)


def keep_times(place: Place, by: User, times: Mapping[str, Any]) -> TopicSeries:
    TopicSeries.objects.select_for_update().filter(place=place).first()
    said = {**times, "set_by": by, "set_at": timezone.now()}
    series, _made = TopicSeries.objects.update_or_create(place=place, defaults=said)
    series.next_at = series.next_after(timezone.now())
    series.save(update_fields=["next_at"])
    return series


@transaction.atomic
def rest_series(*, by: User, place: Place) -> None:
    """Let no topic open by itself until somebody sets the times again. Raises NotTheirs. A second call changes
    nothing; proposals stay."""
    if not Rights.at(place, by).may_pose:
        raise NotTheirs(place)
    stop_series(place.community)


def stop_series(community: Community) -> None:
    """As `rest_series`, for whoever ends it for the community and has asked whether that may be."""
    TopicSeries.objects.filter(place__community=community).update(next_at=None)


@transaction.atomic
def start_weekly_series(community: Community, by: User, *, time_zone: str = "") -> TopicSeries:
    """A topic every Monday at 9:00, on the clock of `time_zone` or else of `by`: what a community of practice begins
    with. The caller has asked whether `by` may; they need not be in it. One that runs already stays as it is, one that
    rests goes on."""
    place = Place.objects.select_for_update().in_community(community).commons().get()
    series = TopicSeries.objects.at(place).first()
    if series is None:
        zone = time_zone or by.time_zone
        first = TopicSeries(place=place, time_zone=zone).local_date(timezone.now())
        first += datetime.timedelta(days=-first.weekday() % 7)
        times = {"rhythm": Rhythm.WEEKLY, "starts_on": first, "at": MONDAY_AT, "time_zone": zone}
        return keep_times(place, by, times)
    if series.rests:
        series.next_at = series.next_after(timezone.now())
        series.save(update_fields=["next_at"])
    return series


@transaction.atomic
def open_next_topic(series_id: int) -> Post | None:
    """Open the topic of a series that is due: the first proposal whose author may still write there. Returns its first
    post; None where there is nothing to open, or nothing is due (any more).

    Locks the series' row and notes in the same transaction when the next one is due, so two workers open one topic.
    What nobody opened while all workers were away is not made up for: the latest time counts. Where a guide set a
    topic of these days by hand, that one stands.
    """
    now = timezone.now()
    series = TopicSeries.objects.select_for_update(of=("self",)).due(now).numbered(series_id).first()
    if series is None:
        return None
    at = series.last_until(now) or now
    series.next_at = series.next_after(now)
    series.save(update_fields=["next_at"])
    place = Place.objects.select_related("community").get(pk=series.place_id)
    days = series.days_from(at)
    if Thread.objects.at(place).set_by_hand(days["starts_on"], series.local_date(series.next_at)).exists():
        return None
    thread = next_proposal(place)
    return make_topic(thread, days, by=series.set_by) if thread else None


def next_proposal(place: Place) -> Thread | None:
    """The proposal whose turn it is, locked. Rights are asked now: one whose author may not write there at the moment
    waits."""
    for thread_id in Thread.objects.at(place).proposals().next_first().values_list("pk", flat=True):
        before = transaction.savepoint()
        thread = lock_thread(thread_id)
        waits = Thread.objects.at(place).proposals().numbered(thread_id).exists()  # as it is now
        if waits and place.accepts_words_from(thread.created_by):
            transaction.savepoint_commit(before)
            return thread
        transaction.savepoint_rollback(before)
    return None


def make_topic(thread: Thread, days: Mapping[str, Any], *, by: User) -> Post:
    """Let a proposal be its community's topic from now on, and tell everybody. The caller holds its lock. What was
    said to it before stays below it."""
    now = timezone.now()
    thread.kind, thread.opens_at, thread.opened_at = Thread.Kind.TOPIC, now, now
    thread.picked_at = None
    for name, value in days.items():
        setattr(thread, name, value)
    thread.save(update_fields=["kind", "opens_at", "opened_at", "picked_at", *days])
    opening = thread.posts.openings().get()
    opening.thread = thread
    record_event(Event.Verb.OPENED, actor=by, place=thread.place, target=opening)
    return opening
