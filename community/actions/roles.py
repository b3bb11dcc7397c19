"""Giving roles: nobody gives more than they have, nor outside their community."""

from django.db import transaction

from accounts.models import User

from ..models import AuditEntry, Community, Membership, rank, roles_granted_by
from .auditing import record_act


class RoleNotYours(Exception):
    """Who gives the role may not give it there."""


class LastHost(Exception):
    """A community keeps at least one host."""


def roles_to_grant(by: User, community: Community) -> list[str]:
    """The roles that `by` may give in a community now, the highest first."""
    membership = community.membership_of(by)
    role = membership.role if membership else None
    return [str(role) for role in roles_granted_by(role, is_admin=by.is_staff and by.is_active)]


def may_grant(by: User, community: Community, role: str) -> bool:
    return role in roles_to_grant(by, community)


def check_grant(by: User, community: Community, role: str) -> None:
    """Raises RoleNotYours."""
    if not may_grant(by, community, role):
        raise RoleNotYours(role)


@transaction.atomic
def change_role(*, by: User, membership: Membership, role: str) -> Membership:
    """Give somebody who is in another role. Raises RoleNotYours unless `by` may give both the new one and the one they
    had, and LastHost. Locks the community's hosts, so that two can't step down at once."""
    hosts = lock_hosts(membership.community_id)
    membership = Membership.objects.select_for_update(of=("self",)).current().with_people().get(pk=membership.pk)
    check_grant(by, membership.community, role)
    check_grant(by, membership.community, membership.role)
    if membership.role == role:
        return membership
    refuse_last_host(membership, hosts)
    was, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    record_act(
        by=by,
        act=AuditEntry.Act.ROLE,
        community=membership.community,
        about=f"@{membership.user.handle}",
        details={"from": was, "to": role},
    )
    return membership


def lock_hosts(community_id: int) -> list[Membership]:
    """The memberships of the community's hosts, locked."""
    hosts = Membership.objects.select_for_update().current().filter(role=Membership.Role.HOST)
    return list(hosts.filter(community=community_id))


def refuse_last_host(membership: Membership, hosts: list[Membership]) -> None:
    """Raises LastHost where nobody but this one runs the community."""
    if [host.pk for host in hosts] == [membership.pk]:
        raise LastHost(membership)


def raise_role(membership: Membership, role: str) -> None:
    """Give a higher role to somebody who comes in again by another way; a lower one changes nothing."""
    if rank(role) > rank(membership.role):
        membership.role = role
        membership.save(update_fields=["role"])
