"""What somebody leaves to those who come next."""

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.forms import ReplyForm
from discussions.models import Consent


class TipForm(ReplyForm):
    """A tip, and how later cohorts may see what one writes here; said once, it holds for all of it."""

    choice = forms.ChoiceField(
        label=_("What I write here may be shown to later cohorts"), choices=Consent.Choice.choices, required=False
    )

    @property
    def words(self):
        """The valid form's, for discussions.actions.reply."""
        return {name: value for name, value in self.cleaned_data.items() if name != "choice"}
