"""Communities that people found themselves."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User

from ..models import AuditEntry, Community, may_found
from .auditing import record_act
from .pacing import TooFast, refuse_if_full
from .people import found_community

FOUNDED_A_DAY = 5
DAY_S = 86_400
TRIES = 3  # somebody else may take the same address at the same moment


class MayNotFound(Exception):
    """The site's policy lets others found communities."""


class FoundedTooMany(TooFast):
    """More communities than one person founds in a day."""


def found(*, by: User, title: str, purpose: str, openness: str, key: UUID) -> Community:
    """A community of practice that `by` hosts. Raises MayNotFound and FoundedTooMany.

    A second call with the same `key` returns what the first one made. Locks the person's row.
    """
    if not may_found(by):
        raise MayNotFound(by)
    for left in reversed(range(TRIES)):
        try:
            return found_once(by, title, purpose, openness, key)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError  # the last try raises


@transaction.atomic
def found_once(by: User, title: str, purpose: str, openness: str, key: UUID) -> Community:
    User.objects.select_for_update().get(pk=by.pk)
    mine = Community.objects.founded_by(by)
    if made := mine.with_key(key).first():
        return made
    lately = mine.since(timezone.now() - timedelta(seconds=DAY_S)).order_by("-created_at")
    times = list(lately.values_list("created_at", flat=True)[:FOUNDED_A_DAY])
    refuse_if_full(times, [(DAY_S, FOUNDED_A_DAY)], FoundedTooMany)
    community = found_community(
        title=title, purpose=purpose, host=by, openness=openness, founded_by=by, founded_with=key
    )
    record_act(by=by, act=AuditEntry.Act.FOUNDED, community=community)
    return community
