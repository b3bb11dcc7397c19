"""A community of practice that goes on by itself: a weekly topic, and people who take turns in hosting."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from community.models import Community
from discussions.actions import start_weekly_series, take_seat


def take_turns(community: Community, row: Mapping[str, Any], people: Mapping[str, User]) -> None:
    """Those in `row["rota"]` host in turn, the first of them set the times."""
    for person in (people[handle] for handle in row.get("rota", ())):
        start_weekly_series(community, person)
        take_seat(by=person, person=person, community=community)
