"""Leaving a community, and who hosts it then."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import AuditEntry, Community, Membership, Pseudonym
from .archiving import archive
from .auditing import record_act
from .roles import lock_hosts


class NotAnHeir(Exception):
    """Who was named to host next is not in the community (any more)."""


@transaction.atomic
def leave(*, membership: Membership, heir: Membership | None = None) -> Membership | None:
    """End one's membership; gives who hosts from now on, if that changed.

    The last host hands the community on: to `heir`, or by the rule of `Membership.objects.heirs`. Where nobody is left
    to host it, it is archived. Raises NotAnHeir. Locks the community's hosts, so that of two who leave at once one is
    the last.
    """
    community, hosts = membership.community, lock_hosts(membership.community_id)
    is_host = membership.pk in [host.pk for host in hosts]
    Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=timezone.now())
    if is_host and not community.memberships.current().hosts().able().exists():
        return hand_on(community, by=membership.user, heir=heir)
    return None


def hand_on(community: Community, *, by: User | None, heir: Membership | None = None) -> Membership | None:
    """Let `heir` host, or who comes next by the rule; without anybody, archive it."""
    heirs = community.memberships.heirs().with_people()
    if heir is not None and not heirs.filter(pk=heir.pk).exists():
        raise NotAnHeir(heir)
    chosen = heirs.filter(pk=heir.pk).first() if heir else heirs.first()
    if chosen is None:
        archive(community=community, by=None)
        return None
    was, chosen.role = chosen.role, Membership.Role.HOST
    chosen.save(update_fields=["role"])
    details = {"from": was, "to": chosen.role, "by the rule": heir is None}
    record_act(
        by=by, act=AuditEntry.Act.HANDED_ON, community=community, about=f"@{chosen.user.handle}", details=details
    )
    return chosen


@transaction.atomic
def keep_hosted(community_id: int) -> Membership | None:
    """Give a community whose hosts are all gone or can't sign in any more a host by the rule. A second run changes
    nothing. Locks its row."""
    community = Community.objects.select_for_update().get(pk=community_id)
    if community.archived_at or community.memberships.current().hosts().able().exists():
        return None
    return hand_on(community, by=None)


def take_stand_in(*, community: Community, person: User) -> Pseudonym:
    """Somebody who can't sign in, under whose name the words of `person` stand from now on; locks the community."""
    Community.objects.select_for_update().get(pk=community.pk)
    standing = Pseudonym.objects.to(community).of(person).standing().select_related("stand_in").first()
    if standing:
        return standing
    number = Pseudonym.objects.to(community).count() + 1
    name = _("Former member %(n)s") % {"n": number}
    email = f"{uuid4()}@stand-in.invalid"
    stand_in = User.objects.create_user(email, name=name, handle=f"former_{uuid4().hex[:16]}", is_active=False)
    left_at = timezone.now()
    Membership.objects.create(community=community, user=stand_in, joined_at=left_at, left_at=left_at)
    return Pseudonym.objects.create(community=community, person=person, stand_in=stand_in, number=number)


def end_stand_in(pseudonym: Pseudonym) -> bool:
    """Says whether it stood."""
    return bool(Pseudonym.objects.standing().filter(pk=pseudonym.pk).update(ended_at=timezone.now()))
