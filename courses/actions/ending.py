"""When a cohort ends: setting and moving the day, saying so in time, and turning the season when it has passed."""

import datetime

from django.db import transaction

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry, Community
from notifications.models import Event

from ..models import Cohort, EndNotice
from .graduating import acting_for, locked, say_in_commons, turn_season
from .handing_over import open_hand_over_if_may_be


@transaction.atomic
def set_end(*, cohort: Cohort, by: User, ends_on: datetime.date | None, joins_practice: bool = False) -> Cohort:
    """Let a cohort end on that day, or go on until somebody ends it. Who had been told of another day hears of the new
    one. Locks the community row. A second call changes nothing."""
    locked(cohort)
    before = cohort.ends_on
    if (before, cohort.joins_practice) == (ends_on, joins_practice):
        return cohort
    told = EndNotice.objects.standing(cohort).order_by("pk").last()
    cohort.ends_on, cohort.joins_practice = ends_on, joins_practice
    cohort.save(update_fields=["ends_on", "joins_practice"])
    if told and before != ends_on:
        say_in_commons(Event.Verb.SHIFTED, cohort=cohort, by=by, target=told)
    days = {"before": str(before or ""), "after": str(ends_on or "")}
    record_act(by=by, act=AuditEntry.Act.END, community=cohort.community, about=str(cohort.community), details=days)
    return cohort


@transaction.atomic
def keep_end(cohort_id: int) -> bool:
    """Do what is due for a cohort that nears its end: say so, or turn its season when its last day is over. Returns
    whether anything was. Locks the community row; a second call does nothing."""
    cohort = Cohort.objects.with_courses().get(pk=cohort_id)
    community, left = locked(cohort), cohort.days_left
    if community.season != Community.Season.COHORT or left is None:
        return False
    if left < 0:
        turn_season(cohort=cohort)
        return True
    return give_notice(cohort, left)


def give_notice(cohort: Cohort, days_left: int) -> bool:
    """Say it once for each of EndNotice.DAYS; of what was missed only the last. The caller holds the lock."""
    days = next((days for days in EndNotice.DAYS if days_left <= days), None)
    if days is None or cohort.ends_on is None:
        return False
    notice, made = EndNotice.objects.get_or_create(cohort=cohort, ends_on=cohort.ends_on, days_before=days)
    if made:
        open_hand_over_if_may_be(cohort=cohort, by=acting_for(cohort))
        say_in_commons(Event.Verb.WILL_END, cohort=cohort, by=None, target=notice)
    return made
