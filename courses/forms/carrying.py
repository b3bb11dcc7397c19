"""What goes to a later cohort."""

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.forms import post_id


class CarryForm(forms.Form):
    """Which of the conversations `threads` go to which of `cohorts`; both by their ids."""

    cohort = forms.CharField(required=False)

    def __init__(self, *args, threads, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.cohorts = threads, cohorts

    @property
    def ids(self):
        """Ids of the conversations that are ticked."""
        ticked = self.data.getlist("threads") if self.is_bound else []  # type: ignore[attr-defined]
        return {post_id(number) for number in ticked}

    @property
    def threads(self):
        return [thread for pk, thread in self.known.items() if pk in self.ids]

    @property
    def chosen(self):
        """Id of the cohort that is chosen, or None."""
        return post_id(self["cohort"].value() or "")

    @property
    def target(self):
        return self.cohorts[self.chosen]

    def clean(self):
        if not self.threads:
            self.add_error(None, _("Tick what shall go."))
        if self.chosen not in self.cohorts:
            self.add_error(None, _("Choose the cohort to which it shall go."))
        return self.cleaned_data
