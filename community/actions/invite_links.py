"""Links by which people get into a community."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User

from ..models import AuditEntry, Community, InviteLink, InviteLinkUse, Membership
from .auditing import record_act
from .people import join
from .roles import check_grant, may_grant


class LinkOver(Exception):
    """Taken back, expired or full; or who made it may not give its role any more."""


class LinkNotForYou(Exception):
    """None of the person's proven addresses is of a domain that the link takes."""


class WasRemoved(Exception):
    """A guide has removed them; a link doesn't undo that."""


@transaction.atomic
def make_link(
    *,
    community: Community,
    by: User,
    role: str,
    expires_at: datetime,
    places: int | None,
    domains: Sequence[str],
    key: UUID,
) -> InviteLink:
    """A link for `role`. Raises RoleNotYours. A second call with the same `key` returns what the first one made."""
    check_grant(by, community, role)
    made_with = {"role": role, "expires_at": expires_at, "places": places, "domains": list(domains)}
    link, made = InviteLink.objects.get_or_create(made_by=by, key=key, defaults={"community": community, **made_with})
    if made:
        details = made_with | {"expires_at": expires_at.isoformat()}
        record_act(by=by, act=AuditEntry.Act.LINK, community=community, about=f"№ {link.pk}", details=details)
    return link


@transaction.atomic
def revoke_link(*, link: InviteLink, by: User) -> bool:
    """Take it back; who came by it stays. Says whether that is new."""
    taken_back = {"revoked_at": timezone.now(), "revoked_by": by}
    if not InviteLink.objects.filter(pk=link.pk, revoked_at=None).update(**taken_back):
        return False
    record_act(by=by, act=AuditEntry.Act.LINK_REVOKED, community=link.community, about=f"№ {link.pk}")
    return True


@transaction.atomic
def use_link(*, link: InviteLink, user: User) -> Membership:
    """Get in by a link. Who is in already stays as they are and takes no place.

    Raises LinkNotForYou, WasRemoved and LinkOver. Locks the link's row, so that no more get in than there are places.
    What its maker may give is asked now, not when they made it.
    """
    link = InviteLink.objects.select_for_update(of=("self",)).with_all().get(pk=link.pk)
    if mine := link.community.membership_of(user):
        return mine
    if not works(link):
        raise LinkOver(link)
    if not link.lets_in(user):
        raise LinkNotForYou(link)
    if link.community.memberships.removed(user).exists():
        raise WasRemoved(link)
    _use, is_new = InviteLinkUse.objects.get_or_create(link=link, person=user)
    if is_new:
        InviteLink.objects.filter(pk=link.pk).update(used=F("used") + 1)
    return join(link.community, user, role=link.role)


def works(link: InviteLink) -> bool:
    """Whether anybody gets in by it now."""
    is_live = InviteLink.objects.live().filter(pk=link.pk).exists()
    return is_live and link.made_by.is_active and may_grant(link.made_by, link.community, link.role)
