"""The rota: who hosts a community in which week. A week begins on Monday."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.models import Community, Membership
from notifications.models import Notification

WEEK = datetime.timedelta(days=7)
WEEKS_AHEAD = 8  # that the rota says who hosts, this one among them
REMINDED_BEFORE = datetime.timedelta(days=3)


def monday_of(day):
    return day - datetime.timedelta(days=day.weekday())


def weeks_from(day, count=WEEKS_AHEAD):
    return [monday_of(day) + n * WEEK for n in range(count)]


def begins_soon(week, now):
    """Whether its host is to know by now that it begins."""
    return week <= monday_of((now + REMINDED_BEFORE).date())


def still_there(community, person):
    """For a subquery: that the person is in the community, and not only to read; `community` and `person` lead to them
    from the row."""
    there = Membership.objects.current().filter(community=OuterRef(community), user=OuterRef(person))
    return Exists(there.filter(user__is_active=True, role__in=Membership.WRITERS))


class RotaSeatQuerySet(models.QuerySet):
    def in_community(self, community):
        return self.filter(community=community)

    def of(self, person):
        return self.filter(person=person)

    def with_people(self):
        return self.select_related("person")

    def taking_turns(self):
        """Those whose people may host: who left, or only reads by now, falls out."""
        return self.filter(still_there("community", "person")).with_people().order_by("since", "pk")


class RotaSeat(models.Model):
    """That somebody takes turns in hosting a community."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rota_seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = RotaSeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="one_rota_seat")]

    def __str__(self):
        return f"{self.person}, {self.community}"


class TurnQuerySet(models.QuerySet):
    def in_community(self, community):
        return self.filter(community=community)

    def from_week(self, day):
        """Of the week of `day` and later, in order."""
        return self.filter(week__gte=monday_of(day)).order_by("week")

    def of(self, person):
        return self.filter(person=person)

    def of_week(self, day):
        return self.filter(week=monday_of(day)).with_people().knowing_who_may()

    def near(self, day):
        """Of the week of `day` and the next: who has one of them looks after topics like a guide."""
        return self.filter(week__in=weeks_from(day, 2))

    def with_people(self):
        return self.select_related("person", "community")

    def knowing_who_may(self):
        """With `may_host`: whether its person, if it has one, may host it now."""
        return self.annotate(may_host=still_there("community", "person"))

    def to_be_told(self, now):
        """Turns that begin soon, or run, and whose hosts nobody has told of them; not where the topics rest, nor where
        all does."""
        soon = monday_of((now + REMINDED_BEFORE).date())
        resting = apps.get_model("discussions", "TopicSeries").objects.filter(next_at=None)
        weeks = {"week__lte": soon, "week__gte": monday_of(now.date()), "reminded_at": None}
        turns = self.filter(**weeks, community__archived_at=None).exclude(person=None)
        return turns.exclude(community__in=resting.values("place__community")).order_by("week", "pk")

    def as_targets(self):
        return self.select_related("community")


class Turn(models.Model):
    """The week of a community that begins on Monday `week`, and who hosts it; nobody, as long as none takes it.
    `set_by` is who said so; None where the rota did."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="turns")
    week = models.DateField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    may_host = True  # knowing_who_may sets it
    is_by_clock = True  # who is named as its event's actor hears of it, too: see notifications.actions.fan_out
    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "week"], name="one_turn_a_week")]
        indexes = [models.Index(fields=["week"], condition=Q(reminded_at=None), name="turn_to_be_told")]

    def __str__(self):
        first = date_format(self.week, "MONTH_DAY_FORMAT")
        return _("You host %(community)s in the week of %(first)s") % {"community": self.community, "first": first}

    def get_absolute_url(self):
        return f"{reverse('rota', args=[self.community.slug])}#week-{self.week.isoformat()}"

    @property
    def last_day(self):
        return self.week + datetime.timedelta(days=6)

    def audience(self):
        return {self.person_id: Notification.Reason.HOSTING} if self.person_id else {}

    def stands_among(self, people):
        """Whether the rota, on which `people` stand, leaves it as it is: what somebody said stands for as long as it
        can."""
        if self.set_by_id:
            return self.person_id is None or self.may_host
        return self.person_id in people

    def disguise(self, user_id):
        """It is the rota that reminds people; what somebody set is theirs."""
        return None if user_id == self.set_by_id != self.person_id else ByItself(_("The rota"))


@dataclass(frozen=True)
class ByItself:
    """What a notification shows as its actor where nobody did it."""

    name: str

    pk = None
    avatar_url = ""
    colour = "somebody"
    initials = "·"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return ""


def needing_a_plan(today):
    """Communities with a rota that does not reach far enough ahead, or on which somebody stands who may not host."""
    until = monday_of(today) + (WEEKS_AHEAD - 1) * WEEK
    last = Turn.objects.filter(community=OuterRef("pk")).values("community").annotate(last=Max("week")).values("last")
    ahead = Turn.objects.from_week(today).filter(~still_there("community", "person")).exclude(person=None)
    with_rota = Community.objects.filter(Exists(RotaSeat.objects.filter(community=OuterRef("pk"))))
    short = with_rota.annotate(last=Subquery(last)).filter(Q(last=None) | Q(last__lt=until))
    wanting = Community.objects.filter(Q(pk__in=short.values("pk")) | Q(pk__in=ahead.values("community")))
    return wanting.filter(archived_at=None).order_by("pk")


def with_host_of_week(places, day):
    """`places` with `host_name` and `host_handle` of who hosts their community in the week of `day`, in their own
    query."""
    turn = Turn.objects.filter(community=OuterRef("community"), week=monday_of(day)).knowing_who_may()
    turn = turn.filter(may_host=True)
    return places.annotate(
        host_name=Subquery(turn.values(name=F("person__name"))[:1]),
        host_handle=Subquery(turn.values(handle=F("person__handle"))[:1]),
    )
