"""A course's schedule, counted from the start of whoever takes it."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .calendar import WEEKS_MAX
from .course import Course
from .unit import Unit


class StepQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(removed_at=None)

    def of_units(self):
        return self.filter(kind=Step.Kind.UNIT)

    def asking(self):
        """Prompts and topics."""
        return self.exclude(kind=Step.Kind.UNIT)

    def in_order(self):
        """As they come; what comes at one time, in the order of the course."""
        return self.order_by("week", "weekday", "time", "unit__section__position", "unit__position", "pk")

    def with_units(self):
        return self.select_related("unit__section").defer("unit__source", "unit__html", "unit__blocks")


class Step(models.Model):
    """In which week, on which day and at what time a unit opens, or everybody is asked something: by a prompt, at a
    unit or in the commons, or by a topic. Its words are those; what was asked already stays as it was when they change.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("Unit")
        PROMPT = "prompt", _("Prompt")
        TOPIC = "topic", _("Topic")

    TITLE_MAX = 200
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="steps")
    week = models.PositiveSmallIntegerField(
        _("Week"), default=1, validators=[MinValueValidator(1), MaxValueValidator(WEEKS_MAX)]
    )
    weekday = models.PositiveSmallIntegerField(_("Day"), choices=list(WEEKDAYS.items()), default=0)
    time = models.TimeField(_("Time"), default="09:00")
    title = models.CharField(_("Title"), max_length=TITLE_MAX, blank=True)
    body = models.TextField(blank=True)
    answer_first = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    for_days = models.PositiveSmallIntegerField(default=7)  # how long a topic is its community's
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # cohorts keep the dates they have; nothing is asked

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(kind="unit"), name="one_opening_a_unit"),
            models.CheckConstraint(condition=~Q(kind="unit") | Q(unit__isnull=False), name="what_opens_is_a_unit"),
        ]

    def __str__(self):
        return self.unit.title if self.unit and self.is_of_unit else self.title

    def get_absolute_url(self):
        return reverse("course_schedule", args=[self.course.slug])

    @property
    def is_of_unit(self):
        return self.kind == self.Kind.UNIT

    @property
    def is_topic(self):
        return self.kind == self.Kind.TOPIC
