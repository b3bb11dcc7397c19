"""Topic series: a community's topics open by themselves, from what its members propose."""

import datetime
import zoneinfo
from typing import Any

from dateutil.rrule import DAILY, WEEKLY, rrule
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.models import Place, Power, roles_with
from notifications.models import Notification

from .rota import ByItself, Turn

DAY = datetime.timedelta(days=1)


class Rhythm(models.TextChoices):
    DAILY = "daily", _("Every day")
    WORKDAYS = "workdays", _("Monday to Friday")
    WEEKLY = "weekly", _("Every week, on the weekday of the first one")
    FORTNIGHTLY = "fortnightly", _("Every second week, on the weekday of the first one")


RULES: dict[str, dict[str, Any]] = {
    Rhythm.DAILY: {"freq": DAILY},
    Rhythm.WORKDAYS: {"freq": WEEKLY, "byweekday": range(5)},
    Rhythm.WEEKLY: {"freq": WEEKLY},
    Rhythm.FORTNIGHTLY: {"freq": WEEKLY, "interval": 2},
}
SLOW = (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY)  # there is time to find something


class TopicSeriesQuerySet(models.QuerySet):
    def running(self):
        """Those that open topics: an archived community is left as it is until it is brought back."""
        return self.filter(next_at__isnull=False, place__community__archived_at=None)

    def due(self, now=None):
        return self.running().filter(next_at__lte=now or timezone.now()).order_by("next_at", "pk")

    def at(self, place):
        return self.filter(place=place)

    def running_dry(self, now=None):
        """Those that open a topic soon, for which nothing is proposed, and whose hosts nobody has told of that."""
        now = now or timezone.now()
        soon = models.Q(next_at__lte=now + DAY) | models.Q(next_at__lte=now + 3 * DAY, rhythm__in=SLOW)
        proposed = apps.get_model("discussions", "Thread").objects.proposals().filter(place=models.OuterRef("place"))
        dry = self.running().filter(soon, ~models.Exists(proposed), told_empty_at=None)
        return dry.order_by("next_at", "pk")

    def joined_to(self, places):
        """`places` with the series of each that has one, in their own query."""
        return places.select_related("series")

    def numbered(self, pk):
        return self.filter(pk=pk)

    def as_targets(self):
        return self.select_related("place__community")


class TopicSeries(models.Model):
    """At what times the commons of a community opens a topic by itself: at `at` on the clock of `time_zone`, from
    `starts_on` on. `next_at` is when it does next; None while the series rests. `told_empty_at` is when its hosts were
    told that nothing is proposed, until it opens a topic again."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="series")
    rhythm = models.CharField(_("How often"), max_length=12, choices=Rhythm, default=Rhythm.WEEKLY)
    starts_on = models.DateField(_("First topic on"))
    at = models.TimeField(_("At"), default=datetime.time(9))
    time_zone = models.CharField(_("On the clock of"), max_length=64)
    next_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    told_empty_at = models.DateTimeField(null=True, blank=True)

    is_by_clock = True  # its hosts hear of it, whoever set the times: see notifications.actions.fan_out
    objects = TopicSeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "topic series"
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="series_to_open"),
        ]

    def __str__(self):
        return gettext("Nothing is proposed for the next topic")

    def get_absolute_url(self):
        return f"{reverse('topics', args=[self.place.community.slug])}#proposed"

    def audience(self):
        """What is said of a series is that it runs dry: for the hosts, and whoever has the turn."""
        community = self.place.community
        hosts = community.memberships.current().filter(role__in=roles_with(Power.RUN)).values_list("user", flat=True)
        turn = Turn.objects.in_community(community).near(timezone.localdate()).exclude(person=None)
        return dict.fromkeys([*turn.values_list("person", flat=True), *hosts], Notification.Reason.HOSTING)

    def disguise(self, _user_id):
        return ByItself(gettext("The topic series"))

    @property
    def zone(self):
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo("UTC")

    @property
    def rests(self):
        return self.next_at is None

    @property
    def words(self):
        """“Every Monday at 09:00”; on the clock of `zone_words`."""
        at = time_format(self.at, "TIME_FORMAT")
        day = WEEKDAYS[self.starts_on.weekday()]
        if self.rhythm == Rhythm.DAILY:
            return gettext("Every day at %(at)s") % {"at": at}
        if self.rhythm == Rhythm.WORKDAYS:
            return gettext("Monday to Friday at %(at)s") % {"at": at}
        if self.rhythm == Rhythm.FORTNIGHTLY:
            return gettext("Every second %(day)s at %(at)s") % {"day": day, "at": at}
        return gettext("Every %(day)s at %(at)s") % {"day": day, "at": at}

    @property
    def zone_words(self):
        return self.time_zone.replace("_", " ")

    def local_date(self, moment):
        return moment.astimezone(self.zone).date()

    def times(self):
        """All its times on its own clock. Nothing of a time zone in them: 9:00 stays 9:00 when the clocks change."""
        first = datetime.datetime.combine(self.starts_on, self.at)
        return rrule(dtstart=first, cache=True, **RULES[Rhythm(self.rhythm)])

    def moment_of(self, time):
        """A time on its clock in UTC. One that the clocks leave out is as far after midnight as it would have been; of
        one that comes twice the first counts."""
        return time.replace(tzinfo=self.zone, fold=0).astimezone(datetime.UTC)

    def next_after(self, moment):
        """When it opens a topic after `moment`."""
        times = self.times()
        time = times.after(moment.astimezone(self.zone).replace(tzinfo=None, fold=0) - DAY)
        while self.moment_of(time) <= moment:
            time = times.after(time)
        return self.moment_of(time)

    def last_until(self, moment):
        """When it had one to open last, at `moment` or before; None before the first."""
        times = self.times()
        time = times.before(moment.astimezone(self.zone).replace(tzinfo=None, fold=0) + DAY, inc=True)
        while time and self.moment_of(time) > moment:
            time = times.before(time)
        return time and self.moment_of(time)

    def days_from(self, moment):
        """The fields of a topic that it opens at `moment`: the days it stands for, and until when it is on top."""
        until = self.next_after(moment)
        first, last = self.local_date(moment), self.local_date(until) - DAY
        if self.rhythm in (Rhythm.DAILY, Rhythm.WORKDAYS):
            last = first
        return {"starts_on": first, "ends_on": max(first, last), "current_until": until}
