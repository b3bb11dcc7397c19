"""Topic series: when topics open by themselves, and opening the next one."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry, Community, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Rhythm, Rights, Thread, TopicSeries, Turn
from .locking import lock_thread
from .removing import NotTheirs
from .rota import begin_rota

MONDAY_AT = datetime.time(9)


@transaction.atomic
def set_series(*, by: User, place: Place, times: Mapping[str, Any]) -> TopicSeries:
    """Let the commons `place` open topics at `times` (fields of TopicSeries), from the next of them on; a series that
    rests goes on. Raises NotTheirs. A second call changes nothing."""
    if not Rights.at(place, by).may_pose:
        raise NotTheirs(place)
    series = keep_times(place, by, times)
    record_act(
        by=by, act=AuditEntry.Act.SERIES, community=place.community, about=f"{series.words} ({series.zone_words})"
    )
    return series


def keep_times(place: Place, by: User, times: Mapping[str, Any]) -> TopicSeries:
    TopicSeries.objects.select_for_update().filter(place=place).first()
    said = {**times, "set_by": by, "set_at": timezone.now(), "told_empty_at": None}
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
    record_act(by=by, act=AuditEntry.Act.SERIES_RESTS, community=place.community)


def stop_series(community: Community) -> None:
    """As `rest_series`, for whoever ends it for the community and has asked whether that may be."""
    TopicSeries.objects.filter(place__community=community).update(next_at=None)


@transaction.atomic
def start_weekly_series(community: Community, by: User, *, time_zone: str = "") -> TopicSeries:
    """A topic every Monday at 9:00, on the clock of `time_zone` or else of `by`: what a community of practice begins
    with. The caller has asked whether `by` may; they need not be in it. One that runs already stays as it is, one that
    rests goes on. Its hosts take turns, where nobody does yet."""
    begin_rota(community)
    place = Place.objects.select_for_update(no_key=True).in_community(community).commons().get()
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
    if is_set_by_hand(series, at):
        return None
    thread = next_proposal(place)
    if thread is None:
        say_empty(series)
        return None
    TopicSeries.objects.numbered(series_id).update(told_empty_at=None)
    return make_topic(thread, series.days_from(at), by=opener(series, place))


@transaction.atomic
def tell_if_dry(series_id: int) -> None:
    """Tell the hosts in time that nothing is proposed for the next topic, unless one is set by hand. Locks the series'
    row; says it once, until a topic opened again."""
    series = TopicSeries.objects.select_for_update(of=("self",)).running_dry().numbered(series_id).first()
    if series and not is_set_by_hand(series, series.next_at):
        say_empty(series)


def is_set_by_hand(series: TopicSeries, at: datetime.datetime) -> bool:
    """Whether a guide set a topic for the days of the one that the series is to open at `at`."""
    first, before = series.local_date(at), series.local_date(series.next_after(at))
    return Thread.objects.filter(place=series.place_id).set_by_hand(first, before).exists()


def say_empty(series: TopicSeries) -> None:
    if series.told_empty_at is None:
        TopicSeries.objects.numbered(series.pk).update(told_empty_at=timezone.now())
        record_event(Event.Verb.CALLED, actor=series.set_by, place=series.place, target=series)


def opener(series: TopicSeries, place: Place) -> User:
    """In whose name a topic opens: who has the turn; or else who set the times, or a guide, of those who are there."""
    turn = Turn.objects.in_community(place.community).of_week(timezone.localdate()).first()
    if turn and turn.person and turn.may_host:
        return turn.person
    guides = place.community.memberships.current().guides().with_people()
    first = next(iter(sorted(guides, key=lambda guide: guide.user_id != series.set_by_id)), None)
    return first.user if first else series.set_by


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
