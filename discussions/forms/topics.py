"""Topics of the day and of the week: their words and their days."""

import datetime

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Thread
from .posing import PosingForm

DAYS_AHEAD = 731
WEEK, DAY = datetime.timedelta(days=6), datetime.timedelta(0)  # from the first day to the last one


class Span(models.TextChoices):
    WEEK = "week", _("A week")
    DAY = "day", _("A day")


class DayField(forms.DateField):
    """A day on the calendar of whoever fills it in."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self, value):
        day = super().clean(value)
        if abs((day - timezone.localdate()).days) > DAYS_AHEAD:
            raise forms.ValidationError(_("That is too far away."))
        return day


class DaysForm(forms.Form):
    """From which day on, for how long."""

    starts_on = DayField(
        label=_("Starts on"),
        initial=timezone.localdate,
        help_text=_("It opens by itself when that day begins where you are."),
    )
    span = forms.ChoiceField(label=_("For"), choices=Span, initial=Span.WEEK, widget=forms.RadioSelect)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if {"starts_on", "span"} <= cleaned.keys():
            cleaned["ends_on"] = cleaned["starts_on"] + (WEEK if cleaned["span"] == Span.WEEK else DAY)
            if cleaned["ends_on"] < timezone.localdate():
                self.add_error("starts_on", _("These days are over already."))
        return cleaned

    @property
    def terms(self):
        """The valid form's days as fields of a thread."""
        days = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}
        return days | moments_of(**days)


class TopicForm(DaysForm, PosingForm):
    """A new topic."""

    wording = (
        _("Set a topic"),
        _(
            "It stands on top of %(community)s for a day or a week, until the next one opens. Everybody there hears of "
            "it."
        ),
        _("What is it about?"),
        _("Set the topic"),
    )

    @property
    def asked_terms(self):
        return [self["starts_on"], self["span"]]


class EditTopicForm(DaysForm):
    """Title and days of a topic; once it has opened only its last day can be changed. `was` is the title that whoever
    fills it in has seen."""

    title = forms.CharField(label=_("Title"), validators=[MaxLengthValidator(Thread.TITLE_MAX)])
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    ends_on = DayField(label=_("Last day"), help_text=_("Then it is no longer on top. Talk about it goes on."))
    field_order = ("title", "starts_on", "span", "ends_on")

    def __init__(self, *args, thread, **kwargs):
        self.thread = thread
        span = Span.DAY if thread.is_of_a_day else Span.WEEK
        days = {"starts_on": thread.starts_on, "ends_on": thread.ends_on, "span": span}
        kwargs["initial"] = {"title": thread.title, "was": thread.title, **days}
        super().__init__(*args, **kwargs)
        for name in ("ends_on",) if thread.is_waiting else ("starts_on", "span"):
            del self.fields[name]

    def clean_title(self):
        """Refused once when somebody else changed the title meanwhile."""
        title, seen = self.cleaned_data["title"], self.data.get("was", "")
        if self.thread.title not in (seen, title):
            self.data = {**self.data.dict(), "was": self.thread.title}  # type: ignore[attr-defined]
            words = _("Meanwhile somebody changed it to “%(title)s”. Save again to have it your way.")
            raise forms.ValidationError(words % {"title": self.thread.title})
        return title

    def clean_ends_on(self):
        if self.thread.starts_on and self.cleaned_data["ends_on"] < self.thread.starts_on:
            raise forms.ValidationError(_("That is before it begins."))
        return self.cleaned_data["ends_on"]

    @property
    def terms(self):
        title = {"title": self.cleaned_data["title"]}
        if self.thread.is_waiting:
            return title | super().terms
        ends_on = self.cleaned_data["ends_on"]
        return title | {"ends_on": ends_on, "current_until": midnight_after(ends_on)}


def moments_of(starts_on, ends_on):
    """When a topic opens, None for at once, and until when it is its community's; on the clock of whoever sets it."""
    opens_at = midnight(starts_on)
    return {
        "opens_at": opens_at if opens_at > timezone.now() else None,
        "current_until": midnight_after(ends_on),
    }


def midnight_after(day):
    return midnight(day + datetime.timedelta(days=1))


def midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
