"""When a cohort ends, and how."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.models import Community


class EndForm(forms.Form):
    """The day on which a cohort ends, which is not over yet; for a course that has one, whether its people join the
    standing community then."""

    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Everybody here hears of it 14 and 3 days before. Without a day, it goes on until you end it."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    joins_practice = forms.BooleanField(required=False)

    def __init__(self, data=None, *, cohort):
        super().__init__(data, initial={"ends_on": cohort.ends_on, "joins_practice": cohort.joins_practice})
        self.cohort = cohort
        if cohort.has_practice_to_join:
            label = _("Its people join %(practice)s, where those go on who took the course before")
            self.fields["joins_practice"].label = label % {"practice": cohort.course.practice}
        else:
            del self.fields["joins_practice"]

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < self.cohort.today:
            raise ValidationError(_("That day is over. To end the cohort now, there is a button of its own below."))
        if day and day < self.cohort.starts_on:
            raise ValidationError(_("It would end before it starts."))
        return day


class PracticeForm(forms.Form):
    """Which of the communities that an L&D admin may choose from is a course's standing one."""

    practice = forms.ModelChoiceField(
        Community.objects.none(),
        label=_("Where its people can go on together"),
        required=False,
        empty_label=_("None: each cohort goes on where it is"),
        help_text=_("Communities of practice that you host, and cohorts of the course that have ended."),
    )

    def __init__(self, data=None, *, course, user):
        super().__init__(data, initial={"practice": course.practice_id})
        self.fields["practice"].queryset = course.practices_for(user)  # type: ignore[attr-defined]


class TurnForm(forms.Form):
    """One wish to turn the season, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
