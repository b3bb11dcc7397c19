"""How much somebody shares in how short a time."""

from accounts.models import User
from community.actions import HOUR_S, TooFast, latest_of, refuse_if_full
from community.models import Community

from ..models import Sharing

SHARINGS_A_MINUTE = 20
SHARINGS_AN_HOUR = 60
NEW_MEMBERS_SHARINGS_AN_HOUR = 10  # in the community that they are new to


class TooNew(TooFast):
    """More than a new member may share in an hour."""


def refuse_if_too_fast(sharer: User, community: Community) -> None:
    """Raises TooFast when `sharer` shared as much as the last minute or hour allows, and TooNew when they are new to
    `community` and shared as much in it as that allows."""
    sharings = Sharing.objects.by(sharer)
    latest = latest_of(sharings, SHARINGS_AN_HOUR)
    refuse_if_full(latest, ((60, SHARINGS_A_MINUTE), (HOUR_S, SHARINGS_AN_HOUR)))
    if len(latest) >= NEW_MEMBERS_SHARINGS_AN_HOUR and community.memberships.of(sharer).new().exists():
        here = latest_of(sharings.in_community(community), SHARINGS_AN_HOUR)
        refuse_if_full(here, ((HOUR_S, NEW_MEMBERS_SHARINGS_AN_HOUR),), TooNew)
