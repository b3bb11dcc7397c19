"""Turning the season of a cohort, and turning it back. Nothing of what was said, shared or written is touched."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from community.actions import job_kind, record_act, start_job
from community.models import AuditEntry, Community, Job, Membership
from discussions.actions import start_weekly_series, stop_series
from discussions.models import TopicSeries
from notifications.actions import record_event
from notifications.models import Event, Notification

from ..models import Cohort, Graduate, Graduation
from .handing_over import open_hand_over_if_may_be

PEOPLE_AT_ONCE = 500


class StillTurning(Exception):
    """Not everybody is through, or back, yet."""


class NoCohort(Exception):
    """It is a community of practice, and has never been anything else."""


class NotGraduated(Exception):
    """There is nothing to undo."""


@transaction.atomic
def turn_season(*, cohort: Cohort, by: User | None = None, key: UUID | None = None, asks: bool = True) -> Graduation:
    """Turn a cohort into a community of practice: same address, people and words. Its units open for good, its learners
    become alumni: up to PEOPLE_AT_ONCE of them at once, more by a Job. `by` is empty where its day has come. It
    `asks` everybody what they leave to those who come next, if nobody has.

    Raises NoCohort, and StillTurning while an undoing goes on. A second call returns what stands; one with a `key` that
    turned it before, and was undone, what that made. Locks the community row; who writes meanwhile goes on writing.
    """
    community = locked(cohort)
    known = cohort.graduations.standing().first() or cohort.graduations.with_key(key).first()
    if known:
        return known
    if community.season != Community.Season.COHORT:
        raise NoCohort(cohort)
    if cohort.graduations.unsettled().exists():
        raise StillTurning(cohort)
    closed = community.places.filter(opens_at__gt=timezone.now())
    graduation = Graduation.objects.create(
        cohort=cohort,
        into=standing_community(cohort),
        key=key or uuid4(),
        ended_on=cohort.ends_on,
        turned_by=by,
        closed_places={str(pk): at.isoformat() for pk, at in closed.values_list("pk", "opens_at") if at},
    )
    change_season(community, Community.Season.PRACTICE)
    closed.update(opens_at=None)
    begin_topics(graduation, by=by)
    if asks:
        open_hand_over_if_may_be(cohort=cohort, by=acting_for(cohort))
    tell(graduation, Event.Verb.GRADUATED, by=by, act=AuditEntry.Act.GRADUATED)
    settle_or_start_job(graduation, by=by, title=_("Turning the season of %(community)s"))
    return graduation


@transaction.atomic
def undo_turn(*, cohort: Cohort, by: User) -> Graduation:
    """Let a community be the cohort that it was: roles, dates and all. What was said since stays, and so does whoever
    has taken part in the community that they joined. Raises NotGraduated. Locks the community row.

    Where its last day has passed, the cohort has none any more, or it would turn again at once.
    """
    community = locked(cohort)
    graduation = cohort.graduations.standing().first()
    if graduation is None:
        raise NotGraduated(cohort)
    graduation.undone_at, graduation.undone_by, graduation.settled_at = timezone.now(), by, None
    graduation.save(update_fields=["undone_at", "undone_by", "settled_at"])
    if cohort.days_left is not None and cohort.days_left < 0:
        cohort.ends_on = None
        cohort.save(update_fields=["ends_on"])
    change_season(community, Community.Season.COHORT)
    close_again(graduation)
    if graduation.began_series:
        stop_series(community)
    tell(graduation, Event.Verb.SHIFTED, by=by, act=AuditEntry.Act.UNDONE)
    settle_or_start_job(graduation, by=by, title=_("Turning %(community)s back"))
    return graduation


def locked(cohort: Cohort) -> Community:
    """The community of `cohort`, locked; both as they are now."""
    community = Community.objects.select_for_update(no_key=True).get(pk=cohort.community_id)
    cohort.refresh_from_db(fields=["ends_on", "joins_practice", "course", "time_zone"])
    cohort.community = community
    return community


def change_season(community: Community, season: str) -> None:
    community.season = season
    community.save(update_fields=["season"])


def standing_community(cohort: Cohort) -> Community | None:
    """Where the people of `cohort` go on, if not where they are: asked when the season turns, not when it was set."""
    return cohort.course.practice if cohort.joins_practice and cohort.has_practice_to_join else None


def begin_topics(graduation: Graduation, *, by: User | None) -> None:
    """Where people go on in place, the schedule gives way to a topic each week; but not to one that runs already."""
    cohort = graduation.cohort
    running = TopicSeries.objects.filter(place__community=cohort.community).exclude(next_at=None)
    if graduation.into is None and not running.exists():
        start_weekly_series(cohort.community, by or acting_for(cohort), time_zone=cohort.time_zone)
        graduation.began_series = True
        graduation.save(update_fields=["began_series"])


def close_again(graduation: Graduation) -> None:
    """Close what was closed before, but not where somebody has been at work since: they would lose sight of it."""
    since = Event.objects.filter(created_at__gte=graduation.turned_at)
    for pk, at in graduation.closed_places.items():
        if not since.filter(place=pk).exists() and not since.filter(place__within=pk).exists():
            graduation.cohort.community.places.filter(pk=pk, opens_at=None).update(opens_at=datetime.fromisoformat(at))


def tell(graduation: Graduation, verb: Event.Verb, *, by: User | None, act: Any) -> None:
    """Everybody in the community hears of it, and the log of the site holds it."""
    cohort = graduation.cohort
    say_in_commons(verb, cohort=cohort, by=by, target=graduation)
    record_act(by=by, act=act, community=cohort.community, about=str(graduation))


def say_in_commons(verb: Event.Verb, *, cohort: Cohort, by: User | None, target: Any) -> None:
    """Everybody hears of it; so does the host in whose name it happens of its own accord."""
    actor, commons = by or acting_for(cohort), cohort.community.places.commons().get()
    event = record_event(verb, actor=actor, place=commons, target=target)
    if by is None:
        Notification.objects.create(person=actor, event=event, reason=Notification.Reason.EVERYBODY)


def acting_for(cohort: Cohort) -> User:
    """In whose name something happens of its own accord: that of the first host, or of whoever runs the site."""
    hosts = cohort.community.memberships.current().filter(role=Membership.Role.HOST, user__is_active=True)
    host = hosts.with_people().order_by("joined_at", "pk").first()
    return host.user if host else User.objects.active().filter(is_staff=True).earliest("pk")


def settle_or_start_job(graduation: Graduation, *, by: User | None, title: str) -> None:
    """Take the first people through, and leave the others to a Job."""
    community, left = graduation.cohort.community, people_to_settle(graduation).count()
    settle(graduation)
    if not graduation.is_settled:
        start_job(
            kind="graduation",
            by=by or acting_for(graduation.cohort),
            title=title % {"community": community},
            path=community.get_absolute_url(),
            community=community,
            arguments={"graduation": graduation.pk},
            total=max(0, left - PEOPLE_AT_ONCE),
            key=uuid5(graduation.key, "undone" if graduation.undone_at else "turned"),
        )


@job_kind("graduation")
def settle_part(job: Job) -> bool:
    """The next people of a graduation, or of its undoing, whichever stands by now."""
    graduation = Graduation.objects.select_for_update(of=("self",)).get(pk=job.arguments["graduation"])
    job.done += settle(graduation)
    return not graduation.is_settled


def people_to_settle(graduation: Graduation) -> Any:
    return graduation.graduates.in_order() if graduation.undone_at else graduation.people_left()


def settle(graduation: Graduation) -> int:
    """Take the next PEOPLE_AT_ONCE of them through, or back; returns how many. Runs again without effect: what it has
    done is in the rows. The caller holds the transaction."""
    if graduation.is_settled:
        return 0
    rows = list(people_to_settle(graduation)[:PEOPLE_AT_ONCE])
    if graduation.undone_at:
        take_back(rows)
    else:
        take_through(graduation, rows)
    if len(rows) < PEOPLE_AT_ONCE:
        graduation.settled_at = timezone.now()
        graduation.save(update_fields=["settled_at"])
    return len(rows)


def take_through(graduation: Graduation, rows: list[Membership]) -> None:
    joined = joining(graduation.into, rows) if graduation.into else {}
    Graduate.objects.bulk_create(
        Graduate(graduation=graduation, membership=row, was=row.role, joined=joined.get(row.user_id)) for row in rows
    )
    learners = [row.pk for row in rows if row.role == Membership.Role.MEMBER]
    roles = Membership.objects.filter(pk__in=learners, role=Membership.Role.MEMBER)
    roles.update(role=Membership.Role.ALUM)


def joining(community: Community, rows: list[Membership]) -> dict[int, Membership]:
    """Bring the people of `rows` into `community`: learners as alumni, others as members, none with more. Who was in
    it before and is not now has left it, or was removed, and is not brought back. A pause goes along."""
    people = community.memberships.filter(user__in=[row.user_id for row in rows])
    been, now = set(people.values_list("user", flat=True)), timezone.now()
    new = [
        Membership(
            community=community,
            user_id=row.user_id,
            role=Membership.Role.MEMBER if row.is_guide else Membership.Role.ALUM,
            joined_at=now,
            paused_until=row.paused_until,
            paused_for=row.paused_for,
        )
        for row in rows
        if row.user_id not in been
    ]
    Membership.objects.bulk_create(new, ignore_conflicts=True)  # somebody may come in by another door just now
    return {row.user_id: row for row in people.current().filter(joined_at=now)}


def take_back(rows: list[Graduate]) -> None:
    learners = [row.membership_id for row in rows if row.was == Membership.Role.MEMBER]
    Membership.objects.filter(pk__in=learners, role=Membership.Role.ALUM).update(role=Membership.Role.MEMBER)
    Graduate.objects.filter(pk__in=[row.pk for row in rows]).delete()
    let_go([row.joined_id for row in rows if row.joined_id])


def let_go(joined: list[int]) -> None:
    """End the memberships that a graduation made, as if there had been none; but not of those who have taken part
    there since, or have another role by now."""
    roles = (Membership.Role.MEMBER, Membership.Role.ALUM)
    rows = Membership.objects.current().filter(pk__in=joined, role__in=roles)
    community = rows.values_list("community", flat=True).first()
    acts = Event.objects.filter(place__community=community, actor__in=rows.values("user"))
    rows.exclude(user__in=acts.values("actor")).delete()
