"""When the steps of a course come for one cohort."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Community, Place, is_open
from discussions.models import Thread
from notifications.models import Event

from .cohort import Cohort, UnitPlace
from .step import Step

NOTED_FOR = datetime.timedelta(days=2)  # after it opened a unit is news


class StepDateQuerySet(models.QuerySet):
    def of(self, community):
        return self.filter(cohort__community=community)

    def in_order(self):
        return self.order_by("at", "step__unit__section__position", "step__unit__position", "pk")

    def shown(self):
        """Without what the course took out before it was asked."""
        return self.exclude(~Q(step__kind=Step.Kind.UNIT), step__removed_at__isnull=False, asked_at=None)

    def with_things(self):
        known = self.select_related("step__unit", "place", "thread", "moved_by")
        return known.defer("step__unit__source", "step__unit__html", "step__unit__blocks", "step__body")

    def running(self):
        """Those of cohorts that go on, by dates."""
        goes_on = {"season": Community.Season.COHORT, "archived_at": None}
        return self.filter(cohort__is_self_paced=False, **{f"cohort__community__{k}": v for k, v in goes_on.items()})

    def coming(self):
        """What opens or is asked next, with its cohort."""
        later = self.running().shown().filter(at__gt=timezone.now(), asked_at=None)
        return later.with_things().select_related("cohort").in_order()

    def around(self, now, span, communities):
        """Those within `span` of now, before or after it, in these communities (ids)."""
        near = self.filter(at__gt=now - span, at__lt=now + span, cohort__community__in=communities)
        return near.with_things().in_order()

    def to_be_asked(self):
        """Prompts and topics that were not asked yet, of cohorts that go on and whose course still has them."""
        return self.running().filter(step__removed_at=None, asked_at=None).exclude(step__kind=Step.Kind.UNIT)

    def just_opened(self):
        """Units that opened lately, of which nothing was noted yet."""
        now = timezone.now()
        noted = Event.objects.opened(UnitPlace).filter(object_id=models.OuterRef("place__unit_place"))
        units = self.running().filter(step__kind=Step.Kind.UNIT, at__gt=now - NOTED_FOR, at__lte=now)
        return units.filter(~models.Exists(noted)).order_by("at", "pk")

    def due(self):
        """Those of them whose time has come, at places that are open."""
        return self.to_be_asked().filter(is_open("place__"), at__lte=timezone.now()).order_by("at", "pk")


class StepDate(models.Model):
    """A step on the calendar of a cohort: `day` and `time` on its clocks, `at` the moment that makes.

    A unit opens then: its place's `opens_at` says the same. A prompt is asked then, and not before its unit is open;
    `asked_at` says that it was, or that its days were over by then (no `thread`). Who moved it by hand is named; it
    then moves only by hand, and when all are shifted.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="dates")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="dates")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("Day"))
    time = models.TimeField(_("Time"))
    at = models.DateTimeField()
    shifted_days = models.SmallIntegerField(default=0)  # against the course's schedule, by all shifts so far
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StepDateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "step"], name="one_date_a_step_and_cohort")]
        indexes = [models.Index(fields=["at"], condition=Q(asked_at=None), name="step_to_be_asked")]

    def __str__(self):
        return f"{self.step}: {self.at}"

    @property
    def has_come(self):
        """Whether it is past changing: the unit is open, the prompt was asked."""
        is_open = self.step.is_of_unit and self.at is not None and self.at <= timezone.now()
        return is_open or self.asked_at is not None

    @property
    def last_day(self):
        """Of a topic."""
        return self.day + datetime.timedelta(days=self.step.for_days - 1)


class Holiday(models.Model):
    """Days on which nothing of a cohort's schedule comes."""

    NAME_MAX = 80
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="holidays")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=NAME_MAX, blank=True)

    class Meta:
        ordering = ("first", "pk")
        constraints = [models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="holiday_ends_later")]

    def __str__(self):
        return f"{self.line} {self.name}".strip()

    @property
    def line(self):
        """Its days as one writes them into a form."""
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
