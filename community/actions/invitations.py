"""Inviting many people, reminding those who haven't answered, and taking invitations back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import AuditEntry, Community, Invitation
from .auditing import record_act
from .people import LIFETIME, invite
from .roles import may_grant

Asked = tuple[str, str, str]  # address, name, role


def invite_all(community: Community, people: Sequence[Asked], *, by: User) -> None:
    """Invite addresses without an account, by a mail each, where no invitation waits for an answer. Whether `by` may
    give the roles is the caller's to ask."""
    waiting = community.invitations.unanswered().expiries([email for email, _name, _role in people])
    expires_at = timezone.now() + LIFETIME
    fresh = {
        email: Invitation(community=community, email=email, name=name, role=role, invited_by=by, expires_at=expires_at)
        for email, name, role in people
        if email not in waiting
    }
    Invitation.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    for email, _name, role in people:
        if email in waiting and waiting[email] <= timezone.now():
            invite(community=community, email=email, role=role, invited_by=by)


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back; its link stops working. Again, or when it was accepted meanwhile, it does nothing."""
    if Invitation.objects.unanswered().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        about, community = invitation.email, invitation.community
        record_act(by=by, act=AuditEntry.Act.WITHDRAWN, community=community, about=about)


def decline_invitation(invitation: Invitation) -> None:
    """End an invitation for whoever got it: they hear no more of it."""
    Invitation.objects.unanswered().filter(pk=invitation.pk).update(
        revoked_at=timezone.now(), declined_at=timezone.now()
    )


@transaction.atomic
def remind(invitation_id: int, *, at_once: bool = False) -> bool:
    """Let an invitation be mailed again, with a link of its own, if it is time; `at_once` because a host wants it, a
    day after the last mail at the earliest. Never more than Invitation.REMINDERS_MAX times, and not when who invited
    could not do so now. Locks its row: one mail."""
    asked = Invitation.objects.select_for_update(of=("self",)).with_community().filter(pk=invitation_id)
    invitation = (asked.open() if at_once else asked.to_be_reminded()).first()
    if invitation is None or (at_once and not invitation.may_be_reminded):
        return False
    sends = may_grant(invitation.invited_by, invitation.community, invitation.role)
    invitation.reminders += 1
    invitation.reminded_at = timezone.now()
    invitation.mail_due_at = invitation.reminded_at if sends else None
    invitation.save(update_fields=["reminders", "reminded_at", "mail_due_at"])
    return sends
