"""Moving people between cohorts. Their words stay where they wrote them, and stay theirs to read."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from community.actions import (
    JobFailed,
    LastHost,
    job_kind,
    join,
    record_act,
    remove_member,
    roles_to_grant,
    start_job,
)
from community.models import AuditEntry, Community, Job, Membership, Move
from notifications.actions import record_event
from notifications.models import Event

AT_ONCE = 100  # people; so many are moved while the page waits
LEARNERS = (Membership.Role.MEMBER, Membership.Role.GUEST, Membership.Role.ALUM)


class NobodyToMove(Exception):
    """None of those who were named can be moved, or none were."""


@transaction.atomic
def move_people(
    *, by: User, source: Community, target: Community, memberships: list[int] | None, key: UUID, path: str
) -> Move:
    """Let people of `source` be in `target` instead: those with these ids, or all who learn there for None. Up to
    AT_ONCE are moved when this returns, more by a Job whose page leads to `path`. A second call with the same `key`
    returns what the first one began. Raises NobodyToMove."""
    known = Move.objects.filter(key=key, by=by).first()
    if known:
        return known
    people = movable(source, memberships)
    total = people.count()
    if not total or source == target:
        raise NobodyToMove
    move = Move.objects.create(source=source, target=target, by=by, key=key)
    about = _("%(n)s people: %(source)s → %(target)s") % {"n": total, "source": source.title, "target": target.title}
    details = {"people": total, "to": target.slug}
    record_act(by=by, act=AuditEntry.Act.MOVED, community=source, about=about, details=details)
    if total > AT_ONCE:
        asked = {"move": move.pk, "memberships": memberships}
        title = _("Moving people to %(community)s") % {"community": target.title}
        start_job(kind="move", by=by, title=title, path=path, community=source, arguments=asked, total=total, key=key)
    else:
        move_some(move, list(people.with_people()))
        finish(move)
    return move


def movable(source: Community, memberships: list[int] | None) -> Any:
    """Memberships of `source` with these ids, or all of those who learn there, in the order in which they are moved."""
    current = source.memberships.current()
    named = current.with_roles(LEARNERS) if memberships is None else current.with_ids(memberships)
    return named.order_by("pk")


@job_kind("move")
def move_step(job: Job) -> bool:
    """Move the next people; whether there are more."""
    move = Move.objects.with_communities().filter(pk=job.arguments["move"]).first()
    if move is None:
        raise JobFailed(_("Who should be moved is not known any more."))
    people = movable(move.source, job.arguments["memberships"]).after(job.cursor.get("after", 0))
    rows = list(people.with_people()[:AT_ONCE])
    move_some(move, rows)
    job.done += len(rows)
    if len(rows) == AT_ONCE:
        job.cursor = {"after": rows[-1].pk}
        return True
    finish(move)
    return False


def move_some(move: Move, memberships: list[Membership]) -> None:
    """Those whose role the one who moves them may give in both communities, now."""
    grants = set(roles_to_grant(move.by, move.source)) & set(roles_to_grant(move.by, move.target))
    moved = [one.user for one in memberships if one.role in grants and move_one(move, one)]
    move.people.add(*moved)
    move.stayed += len(memberships) - len(moved)
    move.save(update_fields=["stayed"])


def move_one(move: Move, membership: Membership) -> bool:
    """Whether it could be done: a community keeps its last host. Who is in the other community already only leaves."""
    try:
        with transaction.atomic():
            remove_member(membership)
            keep_trust(join(move.target, membership.user, role=membership.role), membership)
    except LastHost:
        return False
    return True


def keep_trust(there: Membership, before: Membership) -> None:
    """Who was no new member before isn't one again."""
    if not before.is_new and there.trusted_at is None:
        there.trusted_at, there.trusted_by = timezone.now(), before.trusted_by
        there.save(update_fields=["trusted_at", "trusted_by"])


def finish(move: Move) -> None:
    """Say so, and let those who were moved hear of it."""
    move.finished_at = timezone.now()
    move.save(update_fields=["finished_at"])
    record_event(Event.Verb.ADMITTED, actor=move.by, place=move.target.places.commons().get(), target=move)
