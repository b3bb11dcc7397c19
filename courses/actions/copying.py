"""Setting up the next run of a course with what helped in an earlier one."""

import datetime
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from community.actions import invite, record_act
from community.models import AuditEntry
from discussions.actions import nominate, pose
from wiki.actions import create_page
from wiki.models import WikiPage

from ..models import Calendar, Cohort, Copyable, PlanTerms, places_in
from .carrying import carry_threads
from .carrying_things import carry_things, nominate_thing
from .cohorts import start_cohort

ANCHOR = ("block_id", "quote", "quote_before", "quote_after", "is_about_words")
TERMS = ("answer_first", "is_anonymous")


@transaction.atomic
def copy_cohort(*, by: User, cohort: Cohort, chosen: Copyable, key: UUID, **words: Any) -> Cohort:
    """Start a run of the course of `cohort`, with `words` for start_cohort, and take along what is `chosen`. All or
    nothing; `by` hosts it.

    Prompts are asked again in the same week, on the same weekday and at the same time as there. Conversations,
    resources and pages are carried, and their writers asked where nobody asked them yet; pages that `by` wrote alone
    begin anew. Raises NotTheirs, StaysBehind, RoleNotYours and TooLong. A second call with the same `key` returns what
    the first one made.
    """
    if again := Cohort.objects.with_courses().filter(key=key).first():
        return again
    made = start_cohort(course=cohort.course, host=by, is_self_paced=cohort.is_self_paced, key=key, **words)
    for guide in chosen.guides:
        invite(community=made.community, email=guide.user.email, role=guide.role, invited_by=by)
    ask_again(by, chosen.prompts, Shift(PlanTerms.of(cohort).calendar, PlanTerms.of(made).calendar), made, key)
    for thread in chosen.threads:
        nominate(by=by, thread=thread)
    carry_threads(by=by, threads=chosen.threads, to=made.community)
    begin_pages(by, [thing for thing in chosen.things if thing.is_own], made, key)
    others = [thing for thing in chosen.things if not thing.is_own]
    for thing in others:
        nominate_thing(by=by, thing=thing)
    carry_things(by=by, things=others, to=made.community)
    counts = {name: len(rows) for name, rows in vars(chosen).items()}
    record_act(by=by, act=AuditEntry.Act.COPIED, community=made.community, about=str(cohort.community), details=counts)
    return made


@dataclass(frozen=True)
class Shift:
    """From the calendar of one cohort to that of another."""

    here: Calendar
    there: Calendar

    def moment(self, at: datetime.datetime) -> datetime.datetime:
        local = at.astimezone(self.here.zone)
        return self.there.moment(self.day(local.date()), local.time())

    def day(self, day: datetime.date) -> datetime.date:
        """In the same week and on the same weekday; what came before the start comes as many days before it."""
        if day < self.here.starts_on:
            return self.there.starts_on - (self.here.starts_on - day)
        monday = day - datetime.timedelta(days=day.weekday())
        week = next(n for n in count(1) if self.here.monday_of(n) >= monday)
        return self.there.day_of(week, day.weekday())


def ask_again(by: User, prompts: list[Any], shift: Shift, made: Cohort, key: UUID) -> None:
    places = places_in(made.community, [prompt.place for prompt in prompts])
    for prompt, place in zip(prompts, places, strict=True):
        pose(
            asker=by,
            place=place,
            kind=prompt.kind,
            title=prompt.title,
            body=prompt.words,
            key=uuid5(key, f"prompt {prompt.pk}"),
            terms=shifted(prompt, shift),
            about={name: getattr(prompt, name) for name in ANCHOR},
            is_paced=False,
        )


def shifted(prompt: Any, shift: Shift) -> dict[str, Any]:
    """Its terms there. It stays open, and a topic its community's, for as many days as it did here."""
    opens_at = prompt.opens_at or prompt.created_at
    terms = {name: getattr(prompt, name) for name in TERMS} | {"opens_at": shift.moment(opens_at)}
    zone = shift.here.zone
    later = shift.day(opens_at.astimezone(zone).date()) - opens_at.astimezone(zone).date()
    for name in ("closes_at", "current_until"):
        if at := getattr(prompt, name):
            local = at.astimezone(zone)
            terms[name] = shift.there.moment(local.date() + later, local.time())
    for name in ("starts_on", "ends_on"):
        if day := getattr(prompt, name):
            terms[name] = day + later
    return terms


def begin_pages(by: User, pages: list[WikiPage], made: Cohort, key: UUID) -> None:
    places = places_in(made.community, [page.place for page in pages])
    for page, place in zip(pages, places, strict=True):
        body = WikiPage.objects.values_list("source", flat=True).get(pk=page.pk)
        create_page(author=by, place=place, title=page.title, body=body, key=uuid5(key, f"page {page.pk}"))
