"""Doing what a list says, a part at a time: each line once, however often a worker dies."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ...models import AuditEntry, Community, Job, Membership, RosterImport, RosterLine
from ..auditing import record_act
from ..invitations import invite_all
from ..jobs import JobFailed, job_kind, start_job
from ..people import join, remove_member
from ..roles import LastHost, RoleNotYours, change_role, roles_to_grant
from .comparing import LEAVE

AT_ONCE = 250  # lines; so many take less than a second, and are done while the page waits
Verdict, Problem, Outcome = RosterLine.Verdict, RosterLine.Problem, RosterLine.Outcome


@transaction.atomic
def apply_roster(*, by: User, roster: RosterImport, removes: bool, path: str) -> RosterImport:
    """Let a list be done as its lines say; who is not in it leaves only if `removes`, and not while a line is wrong:
    it may be one of them. Up to AT_ONCE lines are done when this returns, more by a Job whose page leads to `path`. A
    second call does nothing. Locks the list."""
    roster = RosterImport.objects.select_for_update(of=("self",)).with_community().get(pk=roster.pk)
    if roster.is_applied:
        return roster
    counts = {verdict.value: n for verdict, n in roster.lines.counts().items()}
    removes = removes and not counts[Verdict.WRONG]
    roster.applied_by, roster.applied_at, roster.removes = by, timezone.now(), removes
    roster.content = b""
    roster.save(update_fields=["applied_by", "applied_at", "removes", "content"])
    about = roster.name or _("A list of %(n)s people") % {"n": sum(counts.values()) - counts[Verdict.ABSENT]}
    details = counts | {"removes": removes}
    record_act(by=by, act=AuditEntry.Act.ROSTER, community=roster.community, about=about, details=details)
    total = roster.lines.to_do(removes=removes).count()
    if total > AT_ONCE:
        start_roster_job(by=by, roster=roster, total=total, path=path)
    else:
        apply_lines(roster)
    return roster


def start_roster_job(*, by: User, roster: RosterImport, total: int, path: str) -> Job:
    title = _("People of %(community)s") % {"community": roster.community.title}
    of = {"roster": roster.pk}
    return start_job(
        kind="roster",
        by=by,
        title=title[:200],
        path=path,
        community=roster.community,
        arguments=of,
        total=total,
        key=roster.key,
    )


@job_kind("roster")
def roster_step(job: Job) -> bool:
    """The next lines of a list; whether there are more."""
    roster = RosterImport.objects.with_community().filter(pk=job.arguments["roster"]).first()
    if roster is None or roster.applied_by is None:
        raise JobFailed(_("The list is gone."))
    job.done += apply_lines(roster)
    return roster.finished_at is None


@transaction.atomic
def apply_lines(roster: RosterImport) -> int:
    """Do up to AT_ONCE lines, with the rights that who said so has now; how many were done."""
    lines = list(roster.lines.to_do(removes=roster.removes)[:AT_ONCE])
    by = roster.applied_by
    assert by is not None
    grants = set(roles_to_grant(by, roster.community))
    fresh = [line for line in lines if line.verdict == Verdict.NEW and may_be_done(line, grants)]
    let_in(roster.community, fresh, by=by)
    for line in lines:
        if line.verdict == Verdict.CHANGED and may_be_done(line, grants):
            change(roster.community, line, by=by)
        elif line.verdict == Verdict.ABSENT and may_be_done(line, grants):
            take_out(roster.community, line, by=by)
    note_done(lines)
    if len(lines) < AT_ONCE:
        roster.finished_at = timezone.now()
        roster.save(update_fields=["finished_at"])
    return len(lines)


def note_done(lines: list[RosterLine]) -> None:
    """Write down what came of lines; a few updates, as most of them came to the same."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for line in lines:
        alike.setdefault((line.verdict, line.problem, line.outcome), []).append(line.pk)
    for (verdict, problem, outcome), ids in alike.items():
        said = {"verdict": verdict, "problem": problem, "outcome": outcome, "done_at": timezone.now()}
        RosterLine.objects.filter(pk__in=ids).update(**said)


def may_be_done(line: RosterLine, grants: set[str]) -> bool:
    """Whether who said so may still do it; else the line is marked as wrong."""
    if {line.role, line.role_before} - {""} <= grants:
        return True
    line.verdict, line.problem, line.outcome = Verdict.WRONG, Problem.ROLE_ABOVE, Outcome.NOTHING
    return False


def let_in(community: Community, lines: list[RosterLine], *, by: User) -> None:
    """Who has proved their address is in at once, the others get a mail with a link: what `invite` does for one, in a
    few queries for all of them."""
    users = User.objects.active().by_confirmed_address([line.email for line in lines])
    been = community.memberships.ever_of(users.values())
    first: dict[int, Membership] = {}
    for line in lines:
        user = users.get(line.email)
        line.outcome = Outcome.JOINED if user else Outcome.INVITED
        if user and user.pk in been:
            join(community, user, role=line.role)
        elif user:
            first.setdefault(user.pk, Membership(community=community, user=user, role=line.role))
    Membership.objects.bulk_create(first.values(), ignore_conflicts=True)
    invite_all(community, [(line.email, line.name, line.role) for line in lines if line.email not in users], by=by)


def change(community: Community, line: RosterLine, *, by: User) -> None:
    """Give somebody the role that the list says; of somebody invited, what they will have."""
    line.outcome = Outcome.NOTHING
    membership = community.memberships.current().with_address(line.email).first()
    try:
        if membership:
            change_role(by=by, membership=membership, role=line.role)
            line.outcome = Outcome.CHANGED
        elif community.invitations.open().for_address(line.email).update(role=line.role, invited_by=by):
            line.outcome = Outcome.CHANGED
    except LastHost:
        line.verdict, line.problem = Verdict.WRONG, Problem.LAST_HOST
    except RoleNotYours:
        line.verdict, line.problem = Verdict.WRONG, Problem.ROLE_ABOVE


def take_out(community: Community, line: RosterLine, *, by: User) -> None:
    """End the membership or the invitation of who is not in the list, unless they are something else by now."""
    line.outcome = Outcome.NOTHING
    membership = community.memberships.current().with_roles(LEAVE).with_address(line.email).first()
    if membership:
        remove_member(membership, by=by)
        line.outcome = Outcome.REMOVED
    elif community.invitations.open().for_address(line.email).update(revoked_at=timezone.now()):
        line.outcome = Outcome.WITHDRAWN
