"""Moving people to another cohort."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.forms import post_id


class MoveForm(forms.Form):
    """Who is to be where: ticked memberships of a page, or everybody who learns there."""

    everybody = forms.BooleanField(label=_("Everybody who learns here, on all pages"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohorts = {cohort.pk: cohort for cohort in cohorts}
        choices = [(pk, f"{cohort.community.title} ({cohort.course.title})") for pk, cohort in self.cohorts.items()]
        self.fields["target"] = forms.ChoiceField(label=_("To"), choices=choices)

    @property
    def ticked(self):
        """Ids of the memberships that are ticked."""
        found = self.data.getlist("people") if self.is_bound else []  # type: ignore[attr-defined]
        return {number for word in found[:1000] if (number := post_id(word)) is not None}

    @property
    def target(self):
        return self.cohorts[int(self.cleaned_data["target"])]

    @property
    def memberships(self):
        """For actions.move_people: None for everybody."""
        return None if self.cleaned_data["everybody"] else sorted(self.ticked)

    def clean(self):
        if not self.ticked and not self.cleaned_data.get("everybody"):
            self.add_error(None, _("Tick who shall go."))
        return self.cleaned_data
