"""Founding communities, letting people in and out."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from markup import Block, Picture, Profile, Rendered, render

from ..models import Community, Invitation, Membership, Place
from .roles import check_grant, lock_hosts, may_grant, raise_role, refuse_last_host

HANDLE = re.compile(r"@([A-Za-z0-9_]{2,30})")
RESERVED_SLUGS = {"new"}  # what addresses beside those of communities use themselves
MENTIONS_AT_MOST = 50  # handles looked up for one text
LIFETIME = timedelta(days=Invitation.LIFETIME_DAYS)


class InvitationNotYours(Exception):
    """The signed-in person has not proved that the invited address is theirs."""


@transaction.atomic
def found_community(
    *, title: str, host: User, slug: str = "", season: str = Community.Season.PRACTICE, **more: Any
) -> Community:
    """A community with its commons and its first host; `more` is what its fields hold."""
    community = Community.objects.create(title=title, season=season, slug=slug or free_slug(title), **more)
    Place.objects.create(community=community, kind=Place.Kind.COMMONS, title=title, path=community.get_absolute_url())
    join(community, host, role=Membership.Role.HOST)
    return community


def join(community: Community, user: User, *, role: str = Membership.Role.MEMBER) -> Membership:
    """Bring `user` in; who is in already stays as they are, but for a higher role."""
    membership, made = Membership.objects.get_or_create(
        community=community, user=user, left_at=None, defaults={"role": role, **pause_of(community, user)}
    )
    if not made:
        raise_role(membership, role)
    return membership


def pause_of(community: Community, user: User) -> dict[str, Any]:
    """The pause of somebody who left and comes back: leaving doesn't end it."""
    last = community.memberships.filter(user=user).order_by("-joined_at", "-pk").first()
    return {"paused_until": last.paused_until, "paused_for": last.paused_for} if last and last.is_paused else {}


@transaction.atomic
def remove_member(membership: Membership, *, by: User | None = None) -> None:
    """End a membership now; its words stay. Raises LastHost. Locks the community's memberships.

    Who was removed `by` somebody else comes back only when a host lets them in.
    """
    refuse_last_host(membership, lock_hosts(membership.community_id))
    membership.left_at = timezone.now()
    membership.removed_by = by if by and by.pk != membership.user_id else None
    membership.save(update_fields=["left_at", "removed_by"])


def pause_writing(membership: Membership, *, until: datetime | None, why: str = "") -> None:
    """Let a member write nothing in this community until then; None lets them write again."""
    membership.paused_until, membership.paused_for = until, why
    membership.save(update_fields=["paused_until", "paused_for"])


def trust(membership: Membership, *, by: User) -> None:
    """Let a new member write as much as everybody; who vouched first stays named."""
    if membership.trusted_at is None:
        membership.trusted_at, membership.trusted_by = timezone.now(), by
        membership.save(update_fields=["trusted_at", "trusted_by"])


@transaction.atomic
def invite(*, community: Community, email: str, role: str, invited_by: User) -> Invitation | Membership:
    """Let the owner of `email` in: at once if they have an account, else by a mail with a link.

    An account whose address nobody has confirmed may be anybody's, so it isn't let in.
    A second call for the same address returns what the first one made. Raises RoleNotYours.
    """
    check_grant(invited_by, community, role)
    email = email.strip().lower()
    user = User.objects.active().with_confirmed(email).first()
    if user:
        return join(community, user, role=role)
    invitation, made = Invitation.objects.get_or_create(
        community=community,
        email=email,
        accepted_at=None,
        revoked_at=None,
        defaults={
            "role": role,
            "invited_by": invited_by,
            "expires_at": timezone.now() + LIFETIME,
        },
    )
    if not made and invitation.expires_at < timezone.now():
        invitation.role, invitation.invited_by = role, invited_by
        invitation.expires_at, invitation.sent_at = timezone.now() + LIFETIME, None
        invitation.reminders, invitation.reminded_at, invitation.mail_due_at = 0, None, timezone.now()
        fields = ["role", "invited_by", "expires_at", "sent_at", "reminders", "reminded_at", "mail_due_at"]
        invitation.save(update_fields=fields)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User) -> Membership:
    """Take the seat. Raises InvitationNotYours unless `user` has proved the invited address, and
    Invitation.DoesNotExist if it was used or withdrawn meanwhile, or if who invited may not give that role there any
    more. Locks the row: used once."""
    invitation = Invitation.objects.select_for_update(of=("self",)).open().get(pk=invitation.pk)
    if not invitation.is_for(user):
        raise InvitationNotYours(invitation)
    if not may_grant(invitation.invited_by, invitation.community, invitation.role):
        raise Invitation.DoesNotExist(invitation)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return join(invitation.community, user, role=invitation.role)


def free_slug(title: str) -> str:
    """An address nobody has, as near to `title` as can be."""
    base = slugify(title)[:50] or "community"
    slug, n = base, 1
    while slug in RESERVED_SLUGS or Community.objects.filter(slug=slug).exists():
        n += 1
        slug = f"{base}-{n}"
    return slug


def render_at(
    place: Place,
    source: str,
    profile: Profile,
    *,
    previous: Sequence[Block] = (),
    images: Mapping[str, Picture] | None = None,
    key: str = "",
) -> tuple[Rendered, list[User]]:
    """Render words written at `place`; with those of its readers whom they mention.

    Only people who can see the place become mentions. `images` are those of the site that the text may show, by
    address. Raises TooLong.
    """
    handles = dict.fromkeys(handle.lower() for handle in HANDLE.findall(source)[:MENTIONS_AT_MOST])
    people = place.members_by_handle(handles) if handles else {}
    rendered = render(
        source,
        profile,
        previous=previous,
        image_url=(images or {}).get,
        title_url=lambda title: place.title_path(title),
        mention_url=lambda handle: people[handle].get_absolute_url() if handle in people else None,
        key=key,
    )
    return rendered, [people[handle] for handle in rendered.mentions if handle in people]
