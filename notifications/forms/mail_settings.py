"""When mail comes, as one says it on the page of one's settings."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from ..models import MailSettings

Frequency = MailSettings.Frequency
DAYS = [(str(day), name) for day, name in WEEKDAYS.items()]


def hours():
    return [(hour, time_format(datetime.time(hour), "TIME_FORMAT")) for hour in range(24)]


def budgets():
    return [(n, _("About %(n)s minutes of reading") % {"n": n}) for n in (2, 5, 10, 20)]


class MailSettingsForm(forms.Form):
    """`days` counts when somebody chooses days, `weekday` when it comes once a week."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label=_("On which days"), choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    weekday = forms.ChoiceField(label=_("On which day"), choices=DAYS, required=False)
    hour = forms.TypedChoiceField(label=_("At what time"), choices=hours, coerce=int)
    minutes = forms.TypedChoiceField(
        label=_("How much at once"),
        choices=budgets,
        coerce=int,
        help_text=_("What concerns you comes first, and the rest is one link away."),
    )
    is_mailed_at_once = forms.BooleanField(
        label=_("Mail me at once what is said to me"),
        required=False,
        help_text=_(
            "When somebody mentions or answers you, when something is decided about your words, and for all that you "
            "follow with “Everything”. Several within ten minutes are one mail; what you read meanwhile is none."
        ),
    )
    gets_morning_mail = forms.BooleanField(
        label=_("Mail me in the morning what needs the communities I look after"),
        required=False,
        help_text=_("Open questions, what was flagged, and what opens today. On mornings without any of it, nothing."),
    )

    def __init__(self, data=None, *, settings, guides):
        chosen = sorted(settings.days)
        own = {name: getattr(settings, name) for name in self.base_fields if hasattr(settings, name)}
        super().__init__(data, initial=own | {"days": chosen, "weekday": "".join(chosen[:1]) or "0"})
        self.days_before = settings.days
        if not guides:
            del self.fields["gets_morning_mail"]

    def clean(self):
        data = self.cleaned_data
        if data.get("frequency") == Frequency.DAYS and "days" in data and not data["days"]:
            self.add_error("days", ValidationError(_("Choose at least one day, or “Never” if you want no digest.")))
        return data

    @property
    def changes(self):
        """The fields of the settings: days that don't count stay as they were."""
        data = dict(self.cleaned_data)
        days, weekday = "".join(sorted(data.pop("days"))), data.pop("weekday")
        by_frequency = {Frequency.DAYS: days, Frequency.WEEKLY: weekday or "0"}
        return data | {"days": by_frequency.get(data["frequency"], self.days_before)}
