"""When topics open by themselves, and what members propose for them."""

import uuid

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZONES
from community.forms import WordsField
from markup import Profile

from ..models import Thread, TopicSeries
from .topics import DayField


class SeriesForm(forms.ModelForm):
    """How often, from which day on, at what time, on whose clock."""

    starts_on = forms.DateField(label=_("First topic on"), widget=DayField.widget)
    time_zone = forms.ChoiceField(
        label=_("On the clock of"),
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        help_text=_("It stays this time of day when the clocks change."),
    )

    class Meta:
        model = TopicSeries
        fields = ("rhythm", "starts_on", "at", "time_zone")
        widgets = {"rhythm": forms.RadioSelect, "at": forms.TimeInput({"type": "time"}, format="%H:%M")}

    def clean_starts_on(self):
        """As it stands is fine, however long ago that is."""
        day = self.cleaned_data["starts_on"]
        return day if day == self.instance.starts_on else DayField().clean(day)

    @property
    def times(self):
        """The valid form's words as fields of TopicSeries."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProposalForm(forms.Form):
    """What somebody would like everybody to talk about."""

    title = forms.CharField(
        label=_("Topic"),
        validators=[MaxLengthValidator(Thread.TITLE_MAX)],
        help_text=_("Best as a question that everybody can answer from their own experience."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    body = WordsField(Profile.POST, label=_("Your words"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    slot = forms.CharField(required=False, widget=forms.HiddenInput)
