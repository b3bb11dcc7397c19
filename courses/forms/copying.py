"""Copying a cohort for the next run of its course."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZONES
from community.forms import WordsField
from discussions.models import Consent
from markup import Profile

from ..models import Copyable


@dataclass(frozen=True)
class Tick:
    """Something that can go along, what the form calls it, and whether it shall."""

    row: Any
    value: str
    is_on: bool


class CopyForm(forms.Form):
    """What the next run is called, when it begins, and which of what `copyable` lists goes along. Before it is sent,
    what somebody put forward is ticked, and who guides."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("What its members will call it."))
    purpose = forms.CharField(label=_("Purpose"), max_length=300, required=False)
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left as it is, it goes along with the start."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])
    welcome = WordsField(Profile.POST, label=_("Welcome"), rows=5, required=False)
    choice = forms.ChoiceField(
        label=_("What I wrote in it myself may be shown there"),
        choices=Consent.Choice.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, cohort, copyable, given, **kwargs):
        """`given` is what its reader answered, "" or a choice of Consent."""
        length = cohort.ends_on - cohort.starts_on if cohort.ends_on else None
        begins = max(cohort.starts_on + (length or datetime.timedelta(weeks=8)), timezone.localdate())
        kwargs["initial"] = {
            "purpose": cohort.community.purpose,
            "time_zone": cohort.time_zone,
            "starts_on": begins,
            "ends_on": begins + length if length else None,
            "welcome": kwargs.pop("welcome", ""),
        }
        super().__init__(*args, **kwargs)
        self.cohort, self.copyable = cohort, copyable
        if given:
            del self.fields["choice"]

    def clean(self):
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and "ends_on" not in self.changed_data:
            ends_on = self.cleaned_data["ends_on"] = starts_on + (ends_on - self.initial["starts_on"])
        if starts_on and starts_on < self.cohort.starts_on:
            self.add_error("starts_on", _("That is before the cohort that it follows."))
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("That is before it begins."))
        return self.cleaned_data

    @property
    def words(self):
        """The valid form's, for start_cohort."""
        names = ("title", "purpose", "starts_on", "ends_on", "time_zone", "welcome")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def ticks(self):
        """Name of a list → what is on it."""
        return {name: [self.tick(name, row) for row in rows] for name, rows in vars(self.copyable).items()}

    def tick(self, name, row):
        value = row.form_key if name == "things" else str(row.pk)
        usual = {
            "guides": lambda: True,
            "prompts": lambda: row.may_be_asked_again,
            "threads": lambda: row.nomination_count > 0,
            "things": lambda: row.is_nominated or row.is_own,
        }
        is_ticked = value in self.data.getlist(name) if self.is_bound else usual[name]()  # type: ignore[attr-defined]
        return Tick(row, value, is_ticked and getattr(row, "may_be_asked_again", True))

    @property
    def chosen(self):
        """What is ticked."""
        return Copyable(**{name: [tick.row for tick in ticks if tick.is_on] for name, ticks in self.ticks.items()})
