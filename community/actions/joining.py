"""How people get into communities by themselves."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import AuditEntry, Community, JoinRequest, Membership
from .auditing import record_act
from .people import join


class NotOpen(Exception):
    """Not open to everybody, or not to somebody whom a guide has removed: they can ask."""


class AskedLately(Exception):
    """A host has declined a few days ago."""


class Decided(Exception):
    """The request was decided or withdrawn meanwhile."""


@transaction.atomic
def enter(*, community: Community, user: User) -> Membership:
    """Join a community that is open. Raises NotOpen. A request that waits is withdrawn by it.

    Locks the community's row, so that nobody gets in after it was closed.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    if community.archived_at or not community.takes_at_once(user):
        raise NotOpen(community)
    JoinRequest.objects.to(community).of(user).open().update(withdrawn_at=timezone.now())
    return join(community, user)


@transaction.atomic
def request_to_join(*, community: Community, person: User, words: str) -> tuple[JoinRequest, bool]:
    """The request of `person`, and whether it is new: asking twice is one request, with the later words.

    Raises AskedLately, and NotOpen where nobody can ask. Locks the community's row.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    if not Community.objects.findable_by(person).filter(pk=community.pk).exists():
        raise NotOpen(community)
    mine = JoinRequest.objects.to(community).of(person)
    last = mine.newest()
    if last and last.is_open:
        last.words = words or last.words
        last.save(update_fields=["words"])
        return last, False
    if last and last.declined_at and last.declined_at > timezone.now() - timedelta(days=JoinRequest.AGAIN_AFTER_DAYS):
        raise AskedLately(last)
    return JoinRequest.objects.create(community=community, person=person, words=words), True


@transaction.atomic
def withdraw_request(*, community: Community, person: User) -> bool:
    """Take back what waits. Says whether anything did."""
    waiting = JoinRequest.objects.to(community).of(person).open()
    return bool(waiting.update(withdrawn_at=timezone.now()))


@transaction.atomic
def admit(*, request: JoinRequest, by: User) -> Membership:
    """Let in who asked. Raises Decided. Of two hosts one decides."""
    decide_on(request, by=by, admitted_at=timezone.now())
    note(AuditEntry.Act.LET_IN, request, by)
    return join(request.community, request.person)


@transaction.atomic
def decline(*, request: JoinRequest, by: User, reason: str) -> None:
    """Say no, and why; who asked reads it. Raises Decided."""
    decide_on(request, by=by, declined_at=timezone.now(), reason=reason)
    note(AuditEntry.Act.DECLINED, request, by)


def note(act: AuditEntry.Act, request: JoinRequest, by: User) -> None:
    record_act(by=by, act=act, community=request.community, about=f"@{request.person.handle}")


def decide_on(request: JoinRequest, *, by: User, **what: object) -> None:
    if not JoinRequest.objects.open().filter(pk=request.pk).update(decided_by=by, **what):
        raise Decided(request)
    request.refresh_from_db(fields=["admitted_at", "declined_at", "decided_by", "reason"])
