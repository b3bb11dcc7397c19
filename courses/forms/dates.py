"""The dates of a cohort: all at once, or one of them."""

import uuid
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZONES
from community.forms import WordsField
from markup import Profile

from ..models import Calendar, PlanTerms, Welcome
from .cohorts import DayField
from .holidays import HolidaysField
from .schedule import ClockField

SHIFT_DAYS_MAX = 366


class PlanForm(forms.Form):
    """On what terms the dates of a cohort are to be, and by how many days all that has not come is shifted. `seen` says
    what its writer was shown; without it, it is to be shown."""

    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("Left as it is, it goes along with a shift."))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])
    holidays = HolidaysField()
    shift_days = forms.IntegerField(
        label=_("Shift all that has not come yet, by days"),
        help_text=_("7 is a week later, -1 a day earlier."),
        min_value=-SHIFT_DAYS_MAX,
        max_value=SHIFT_DAYS_MAX,
        initial=0,
    )
    tells = forms.BooleanField(label=_("Tell everybody in the cohort"), required=False, initial=True)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, cohort, **kwargs):
        initial = {name: getattr(cohort, name) for name in ("starts_on", "ends_on", "time_zone")}
        initial["holidays"] = list(cohort.holidays.all())
        super().__init__(*args, **kwargs)
        self.initial, self.cohort = initial, cohort
        if cohort.has_begun:
            del self.fields["starts_on"]

    def clean(self):
        super().clean()
        starts_on, zone = self.cleaned_data.get("starts_on"), self.cleaned_data.get("time_zone")
        if starts_on and zone and starts_on != self.cohort.starts_on and has_passed(starts_on, zone):
            self.add_error("starts_on", _("That has passed already."))
        ends_on = self.cleaned_data.get("ends_on")
        if ends_on and ends_on < self.cleaned_data.get("starts_on", self.cohort.starts_on):
            self.add_error("ends_on", _("That is before it begins."))
        return self.cleaned_data

    @property
    def terms(self):
        """The valid form's."""
        starts_on = self.cleaned_data.get("starts_on", self.cohort.starts_on)
        ends_on = self.cleaned_data["ends_on"]
        changed = ends_on if ends_on != self.cohort.ends_on else None
        return PlanTerms(starts_on, self.cleaned_data["time_zone"], self.cleaned_data["holidays"], changed)


def has_passed(day, zone):
    """Whether that day has begun on the clocks of the zone."""
    return Calendar(day, ZoneInfo(zone)).start <= timezone.now()


class DateForm(forms.Form):
    """When one date is to come, on the clocks of its cohort."""

    day = DayField(label=_("Day"))
    at = ClockField(label=_("Time"))
    tells = forms.BooleanField(label=_("Tell everybody in the cohort"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WelcomeForm(forms.Form):
    source = WordsField(Profile.POST, label=_("Welcome"), rows=8, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    @classmethod
    def of(cls, cohort):
        """With what stands there."""
        welcome = Welcome.objects.filter(cohort=cohort).first()
        words = {"source": welcome.source, "version": welcome.version} if welcome else {"version": 0}
        return cls(initial=words)
