"""Who hosts which week: taking turns, swapping and skipping them, and telling people in time."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Community, Membership, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import Rights, RotaSeat, Turn
from ..models.rota import WEEK, begins_soon, monday_of, needing_a_plan, weeks_from
from .hosting import forget_mail_to_host, write_to_host
from .removing import NotTheirs

SETTLED_WEEKS = 2  # this one and the next stay as they are when somebody comes to the rota


class NobodyElse(Exception):
    """There is nobody who could take it instead."""


@transaction.atomic
def take_seat(*, by: User, person: User, community: Community) -> RotaSeat:
    """Let `person` take turns: oneself, or somebody whom a guide names. Raises NotTheirs, also for who may not write
    there. A second call changes nothing."""
    place = lock_rota(community)
    if not (by == person or Rights.at(place, by).may_pose) or not place.accepts_words_from(person):
        raise NotTheirs(place)
    seat, made = RotaSeat.objects.get_or_create(community=community, person=person)
    if made:
        later = monday_of(timezone.localdate()) + SETTLED_WEEKS * WEEK
        Turn.objects.in_community(community).from_week(later).filter(set_by=None).update(person=None)
    plan(community)
    return seat


@transaction.atomic
def leave_seat(*, by: User, person: User, community: Community) -> None:
    """Let `person` take no turns any more; others take over those they had. Raises NotTheirs. A second call changes
    nothing."""
    place = lock_rota(community)
    if not (by == person or Rights.at(place, by).may_pose):
        raise NotTheirs(place)
    RotaSeat.objects.in_community(community).of(person).delete()
    Turn.objects.in_community(community).from_week(timezone.localdate()).of(person).update(set_by=None)
    plan(community)


@transaction.atomic
def skip_turn(*, by: User, turn: Turn) -> Turn:
    """Let somebody else host this week; where there is nobody else, it is free for whoever takes it. For its host and
    for guides. Raises NotTheirs."""
    place, turn = locked_turn(turn)
    if not (by.pk == turn.person_id or Rights.at(place, by).may_pose):
        raise NotTheirs(turn)
    others = [seat.person_id for seat in seats_of(turn.community) if seat.person_id != turn.person_id]
    return give(turn, next_host(turn, others), by=by)


@transaction.atomic
def swap_turns(*, by: User, turn: Turn, other: Turn) -> None:
    """Let the hosts of two weeks of a community change places. For the host of one of them, and for guides. Raises
    NotTheirs, and NobodyElse where one of the weeks has no host."""
    place, turn = locked_turn(turn)
    other = Turn.objects.in_community(turn.community).get(pk=other.pk)
    hosts = {turn.person_id, other.person_id}
    if not (by.pk in hosts or Rights.at(place, by).may_pose):
        raise NotTheirs(turn)
    if None in hosts:
        raise NobodyElse(turn)
    theirs = other.person_id
    give(other, turn.person_id, by=by)
    give(turn, theirs, by=by)


@transaction.atomic
def take_turn(*, by: User, turn: Turn) -> Turn:
    """Host a week that is nobody's; for everybody who may write there. Raises NotTheirs. A second call changes
    nothing."""
    place, turn = locked_turn(turn)
    if turn.person_id == by.pk:
        return turn
    if turn.person_id or not place.accepts_words_from(by):
        raise NotTheirs(turn)
    return give(turn, by.pk, by=by)


def give(turn: Turn, person_id: int | None, *, by: User) -> Turn:
    """Let this person host the week, or nobody. Who gets it from somebody else hears of it now, and everybody is
    reminded before it begins, unless it begins so soon."""
    now = timezone.now()
    turn.person_id, turn.set_by = person_id, by
    turn.reminded_at = now if begins_soon(turn.week, now) else None
    turn.save(update_fields=["person", "set_by", "reminded_at"])
    forget_mail_to_host(turn)
    if person_id != by.pk:
        tell(turn, actor=by)
    if turn.person and turn.person != by:
        write_to_host(turn, turn.person)
    return turn


def tell(turn: Turn, *, actor: User) -> None:
    place = Place.objects.in_community(turn.community_id).commons().get()
    record_event(Event.Verb.TURN, actor=actor, place=place, target=turn)


@transaction.atomic
def begin_rota(community: Community) -> None:
    """Let all its hosts take turns, where nobody does yet; for whoever has asked whether that may be."""
    lock_rota(community)
    if not RotaSeat.objects.in_community(community).exists():
        hosts = community.memberships.current().filter(role=Membership.Role.HOST).order_by("joined_at", "pk")
        RotaSeat.objects.bulk_create(
            [RotaSeat(community=community, person_id=pk) for pk in hosts.values_list("user", flat=True)]
        )
    plan(community)


@transaction.atomic
def plan_rota(community_id: int) -> None:
    """Let the rota reach as far ahead as it should, and give the weeks of who left or may not write any more to
    others. A second call changes nothing."""
    plan(lock_rota(Community.objects.get(pk=community_id)).community)


def plan(community: Community) -> None:
    """The caller holds the lock of the rota. Weeks that have a host who may host stay as they are; a week that somebody
    left free stays free."""
    today = timezone.localdate()
    people = [seat.person_id for seat in seats_of(community)]
    known = {turn.week: turn for turn in Turn.objects.in_community(community).from_week(today).knowing_who_may()}
    for week in weeks_from(today):
        turn = known.get(week) or Turn(community=community, week=week)
        if not (turn.pk and turn.stands_among(people)):
            turn.person_id, turn.set_by, turn.reminded_at = next_host(turn, people), None, None
            turn.save()


def next_host(turn: Turn, people: list[int]) -> int | None:
    """Of `people` the one whose other turns are farthest from this one; of those whoever waits longest."""
    if not people:
        return None
    others = turn.community.turns.exclude(week=turn.week).filter(person__in=people).values_list("person", "week")
    weeks: dict[int, list[datetime.date]] = {person: [] for person in people}
    for person, week in others:
        weeks[person].append(week)

    def order(person: int) -> tuple[int, datetime.date, int]:
        nearest = min((abs((week - turn.week).days) for week in weeks[person]), default=10**6)
        last = max((week for week in weeks[person] if week < turn.week), default=datetime.date.min)
        return -nearest, last, people.index(person)

    return min(people, key=order)


@transaction.atomic
def remind_host(turn_id: int) -> bool:
    """Tell the host of a week that it begins soon; says whether it did. Locks the turn's row, so two workers tell once.
    Who may not host any more is not told; the next plan gives the week to somebody else."""
    due = Turn.objects.select_for_update(of=("self",)).to_be_told(timezone.now())
    turn = due.filter(pk=turn_id).knowing_who_may().first()
    if turn is None or not turn.may_host:
        return False
    turn.reminded_at = timezone.now()
    turn.save(update_fields=["reminded_at"])
    tell(turn, actor=turn.person)
    write_to_host(turn, turn.person)
    return True


def rotas_to_plan(limit: int) -> list[int]:
    return list(needing_a_plan(timezone.localdate()).values_list("pk", flat=True)[:limit])


def lock_rota(community: Community) -> Place:
    """The commons of `community`, locked: everything about its rota happens one after the other."""
    place = Place.objects.select_for_update(no_key=True).in_community(community).commons().get()
    place.community = community
    return place


def locked_turn(turn: Turn) -> tuple[Place, Turn]:
    """The turn as it is now, under the lock of its rota."""
    place = lock_rota(turn.community)
    turn = Turn.objects.with_people().get(pk=turn.pk)
    turn.community = place.community
    return place, turn


def seats_of(community: Community) -> list[RotaSeat]:
    return list(RotaSeat.objects.in_community(community).taking_turns())
