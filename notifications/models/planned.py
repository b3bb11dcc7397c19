"""When somebody's next digest comes, and whether anybody opens them: both are a matter of a clock."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from community.models import Membership

from .delivery import Delivery
from .event import LATE, Event
from .notification import Notification
from .timetable import EVERY_FOUR_WEEKS, Timetable

UNOPENED = timedelta(days=90)  # then digests come less often by themselves
UNOPENED_AT_LEAST = 3  # digests, or it is too early to tell
NEVER_TOLD = timedelta(days=1)  # an event of which nobody was told for so long holds up no digest


class PlannedQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(next_digest_at__lte=now).order_by("next_digest_at", "pk")

    def to_be_planned(self):
        """Those whose next digest nobody has planned, or by the clock of a zone in which they are no more."""
        unplanned = Q(next_digest_at=None) & ~Q(frequency="never") & (Q(frequency="daily") | ~Q(days=""))
        moved = Q(next_digest_at__isnull=False) & ~Q(planned_in=F("person__time_zone"))
        return self.filter(unplanned | moved).order_by("pk")

    def locked(self, limit):
        """Up to `limit` of them with their people, locked; those that somebody else holds are left to them."""
        return list(self.select_related("person").select_for_update(skip_locked=True, of=("self",))[:limit])

    def knowing_signs(self):
        """With `sign_at`, when there was a sign of the person last as far as it was noted, and `unopened_count`, how
        many digests went out since they last opened one."""
        seen = Membership.objects.filter(user=OuterRef("pk")).values("user").annotate(on=Max("seen_on")).values("on")
        read = Notification.objects.filter(person=OuterRef("pk")).values("person").annotate(at=Max("read_at"))
        digests = Delivery.objects.of_kind(Delivery.Kind.DIGEST).filter(person=OuterRef("pk"), state="sent")
        sent = digests.filter(done_at__gt=OuterRef("opened_at")).values("person").annotate(n=Count("pk")).values("n")
        return self.annotate(
            seen_on=Subquery(seen),
            read_at=Subquery(read.values("at")),
            unopened_count=Coalesce(Subquery(sent), 0),
        )

    def slowed_and_back(self):
        """Those who have been here since their digests were slowed down."""
        since = F("slowed_at")
        noted = Q(opened_at__gt=since) | Q(person__last_login__gt=since) | Q(read_at__gt=since)
        seen = Q(seen_on__gte=TruncDate("slowed_at", tzinfo=UTC))
        return self.exclude(slowed_at=None).knowing_signs().filter(noted | seen).order_by("pk")


class Planned(models.Model):
    """How `next_digest_at` is found: from when the last one was to come, by the clock of `planned_in`."""

    last_digest_at = models.DateTimeField(null=True, blank=True)  # when the last one was to come, whatever it held
    planned_in = models.CharField(max_length=64, blank=True)

    # Set by knowing_signs.
    seen_on: Any = None
    read_at: Any = None
    unopened_count = 0

    class Meta:
        abstract = True

    @property
    def timetable(self: Any) -> Timetable:
        """When their digests come; slowed down, once a week instead, or every four weeks."""
        chosen = sorted(int(day) for day in self.days)
        first, every_week = chosen[:1], self.frequency == "weekly"
        days = {"daily": list(range(7)), "days": chosen, "weekly": first, "never": []}[self.frequency]
        if self.slowed_at and not every_week:
            days = [0] if self.frequency == "daily" else days[:1]
        rarely = EVERY_FOUR_WEEKS if self.slowed_at and every_week else 1
        return Timetable(self.person.zone, self.hour, frozenset(days), rarely)

    @property
    def zone_words(self: Any) -> str:
        return str(self.person.zone).replace("_", " ")

    @property
    def period(self) -> str:
        """Which digest the next one is: that of a date, on the clocks by which it was found."""
        return f"{self.timetable.date_of(self.next_digest_at)} {self.timetable.zone}"[:40]

    def plan(self: Any, now: datetime, *, but_due: bool = False) -> None:
        """Say when the next digest comes, `but_due` only if none is due; the caller saves it."""
        self.planned_in = self.person.time_zone
        timetable = self.timetable
        is_due = timetable.days and self.next_digest_at is not None and self.next_digest_at <= now
        if not (but_due and is_due):
            self.next_digest_at = timetable.next_after(now, last=self.last_digest_at)

    @property
    def sign_at(self: Any) -> datetime:
        """When there was a sign of them last, by what `knowing_signs` found and what is noted here."""
        seen = self.seen_on and datetime.combine(self.seen_on, time.max, UTC)  # that day, at some time
        return max(filter(None, [self.opened_at, self.person.last_login, self.read_at, seen]))

    def is_perhaps_unopened(self: Any, now: datetime) -> bool:
        """Whether it is time to find out if anybody opens them. Of who doesn't want to be counted nobody knows, so they
        get them as often as before."""
        long_ago = self.opened_at is not None and self.opened_at <= now - UNOPENED
        return long_ago and self.slowed_at is None and self.person.is_reading_counted

    def is_left_unopened(self: Any, now: datetime) -> bool:
        """Whether nobody has opened them for so long that fewer would do; for one that `knowing_signs` found."""
        return self.unopened_count >= UNOPENED_AT_LEAST and self.sign_at <= now - UNOPENED


def newest_settled_event(now):
    """Up to which id all events are written and everybody was told of them: one may appear after another that took a
    later id, and a worker may be late. A digest reaches that far, and the next one goes on from there."""
    waiting = Event.objects.not_fanned_out().filter(created_at__gt=now - NEVER_TOLD).values_list("pk", flat=True)
    newest, first = Event.objects.newest_before(now - LATE), waiting.first()
    return newest if first is None else min(newest, first - 1)


def waiting_digests_of(people):
    """Those that were made and not sent yet, locked; what a worker has just taken is not among them."""
    waiting = Delivery.objects.of_kind(Delivery.Kind.DIGEST).waiting()
    return list(waiting.filter(person__in=people).select_for_update(skip_locked=True))
