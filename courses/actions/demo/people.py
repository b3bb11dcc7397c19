"""The people of the demo and the communities they are in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.actions import describe_oneself
from accounts.models import Interest, User
from community.actions import join, remove_member
from community.models import Community, Membership
from courses.models import Cohort, Course, Graduation, Unit, UnitProgress
from discussions.actions import catch_up
from discussions.models import Post, Thread
from notifications.models import Event

from ..cohorts import start_cohort
from ..graduating import turn_season
from ..practising import set_practice

PASSWORD = "weft-demo"
ADMIN = "alice"
REMOVED = "ed"  # was in the running cohort for a week
RUNNING_DAYS = 15
CIRCLE_DAYS = 210  # since the circle began as a cohort
COURSE_DAYS = 240
COHORT_DAYS = 42


def add_person(*, name: str, email: str, handle: str = "", password: str = "", **more: Any) -> User:
    """Somebody who has proved their address. `password` is a hash, made once for many; without one nobody signs in."""
    user = User.objects.create_user(email, name=name, handle=handle, **more)
    if password:
        user.password = password
        user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def add_people(rows: list[dict[str, Any]], now: datetime) -> dict[str, User]:
    password = make_password(PASSWORD)
    since = now - timedelta(days=COURSE_DAYS + 1)
    people = {}
    for row in rows:
        said = {kind: row.pop(kind, []) for kind in Interest.Kind.values}
        is_admin = row["handle"] == ADMIN
        people[row["handle"]] = person = add_person(password=password, is_staff=is_admin, date_joined=since, **row)
        describe_oneself(person=person, audiences={}, **said)
    return people


def open_community(course: Course, row: Mapping[str, Any], people: Mapping[str, User], now: datetime) -> Community:
    """A cohort of the course; one that is a practice by now has ended, and its later members came after that."""
    roles = {people[handle]: role for handle, role in row["members"].items()}
    host = next(user for user, role in roles.items() if role == Membership.Role.HOST)
    has_ended = row["season"] == Community.Season.PRACTICE
    began = now - timedelta(days=CIRCLE_DAYS if has_ended else RUNNING_DAYS)
    cohort = start_cohort(
        course=course,
        title=row["title"],
        purpose=" ".join(row["purpose"].split()),
        slug=row["slug"],
        starts_on=began.date(),
        time_zone=host.time_zone,
        host=host,
    )
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=cohort.starts_on + timedelta(days=COHORT_DAYS - 1))
    came_later = {user: role for user, role in roles.items() if has_ended and role == Membership.Role.MEMBER}
    for user, role in roles.items():
        if user not in came_later:
            join(cohort.community, user, role=Membership.Role.MEMBER if role == Membership.Role.ALUM else role)
    backdate(cohort)
    if has_ended:
        graduate(cohort, host)
    else:
        let_go(cohort, people[REMOVED], now)
    for user, role in came_later.items():
        join(cohort.community, user, role=role)
    return cohort.community


def backdate(cohort: Cohort) -> None:
    began = cohort.opens_at
    Community.objects.filter(pk=cohort.community_id).update(created_at=began - timedelta(days=9))
    cohort.community.memberships.update(joined_at=began - timedelta(days=2))
    Thread.objects.filter(place__community=cohort.community).update(created_at=began, last_post_at=began)


def let_go_on_together(course: Course, communities: list[Community], admin: User) -> None:
    """Those of the running cohort can join the community that grew out of an earlier one."""
    practice = next((one for one in communities if one.season == Community.Season.PRACTICE), None)
    set_practice(by=admin, course=course, community=practice)


def graduate(cohort: Cohort, host: User) -> None:
    """Turn its season, as if it had been after six weeks."""
    graduation = turn_season(cohort=cohort, by=host, asks=False)
    when = cohort.opens_at + timedelta(days=COHORT_DAYS)
    Graduation.objects.filter(pk=graduation.pk).update(turned_at=when, settled_at=when)
    Event.objects.filter(verb=Event.Verb.GRADUATED).update(created_at=when, fanned_out_at=when)


def let_go(cohort: Cohort, user: User, now: datetime) -> None:
    membership = join(cohort.community, user)
    remove_member(membership)
    began = cohort.opens_at - timedelta(days=2)
    Membership.objects.filter(pk=membership.pk).update(joined_at=began, left_at=now - timedelta(days=8))


def note_progress(community: Community, course: Course) -> None:
    """Some are further than others; those who stayed after the course have been through all of it."""
    units = list(Unit.objects.of(course).in_course_order().without_texts())
    has_ended = community.season == Community.Season.PRACTICE
    took_it = community.memberships.current().exclude(role=Membership.Role.MEMBER if has_ended else "")
    for number, membership in enumerate(took_it.order_by("pk")):
        share = len(units) if has_ended else 2 + number * 5 % (len(units) - 4)
        began = membership.joined_at + timedelta(days=2)
        step = timedelta(days=45 if has_ended else RUNNING_DAYS) / (len(units) + 1)
        UnitProgress.objects.bulk_create(
            [
                UnitProgress(unit=unit, user_id=membership.user_id, done_at=began + step * (i + 1))
                for i, unit in enumerate(units[:share])
            ],
            ignore_conflicts=True,
        )


def note_reading(community: Community, until: datetime) -> None:
    """Everybody has read what was said before `until`; the rest is new to them."""
    said = Post.objects.in_community(community)
    last = said.filter(created_at__lt=until).order_by("-pk").first()
    for membership in community.memberships.current().with_people():
        catch_up(membership.user, among=said, up_to=last.pk if last else 0)
