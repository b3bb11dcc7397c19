"""Asking what a course's schedule says, when its time has come."""

from datetime import datetime, time, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.models import Membership, Place
from discussions.actions import pose
from discussions.models import Rights, Thread
from notifications.actions import record_event
from notifications.models import Event

from ..models import Cohort, StepDate


class NobodyToAsk(Exception):
    """No guide of the community may ask anything now."""


@transaction.atomic
def ask_due(date_id: int) -> Thread | None:
    """Ask the prompt or set the topic of a date whose time has come, in the name of one who guides the community now.
    A topic whose days are over is left out. Locks the cohort row, as a plan for other dates does; a second call does
    nothing.

    Raises NobodyToAsk, and TooFast where that guide has asked much in the last minute: it is tried again.
    """
    Cohort.objects.select_for_update().filter(dates=date_id).values_list("pk").get()
    date = StepDate.objects.due().select_related("step", "cohort", "place__community").filter(pk=date_id).first()
    if date is None:
        return None
    terms = terms_of(date)
    thread = None
    if terms is not None:
        step = date.step
        post = pose(
            asker=asker_at(date.place),
            place=date.place,
            kind=Thread.Kind.TOPIC if step.is_topic else Thread.Kind.PROMPT,
            title=step.title,
            body=step.body,
            key=uuid5(step.key, f"cohort {date.cohort_id}"),
            terms=terms,
        )
        thread = post.thread
    date.thread, date.asked_at = thread, timezone.now()
    date.save(update_fields=["thread", "asked_at"])
    return thread


@transaction.atomic
def note_opening(date_id: int) -> None:
    """Note that a unit opened at its date, so that digests tell of it; nobody is notified. Locks the cohort row; a
    second call does nothing. Raises NobodyToAsk."""
    Cohort.objects.select_for_update().filter(dates=date_id).values_list("pk").get()
    date = StepDate.objects.just_opened().select_related("place__community", "place__unit_place").filter(pk=date_id)
    for opened in date:
        place = opened.place
        record_event(Event.Verb.OPENED, actor=asker_at(place), place=place, target=place.unit_place, tells=False)


def terms_of(date: StepDate) -> dict | None:
    """On what terms it is asked; None for a topic whose days are over."""
    step = date.step
    if not step.is_topic:
        return {"answer_first": step.answer_first, "is_anonymous": step.is_anonymous}
    zone = ZoneInfo(date.cohort.time_zone)
    until = datetime.combine(date.last_day + timedelta(days=1), time(), zone)
    if until <= timezone.now():
        return None
    return {"starts_on": date.day, "ends_on": date.last_day, "current_until": until}


def asker_at(place: Place) -> User:
    """Who asks in the name of those who guide the community: a facilitator first, then a host. Raises NobodyToAsk."""
    guides = place.community.memberships.current().guides().with_people().by_role_and_name()
    for guide in sorted(guides, key=lambda guide: guide.role == Membership.Role.HOST):
        if Rights.at(place, guide.user).may_pose:
            return guide.user
    raise NobodyToAsk(place)
