from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Consent


class ConsentForm(forms.Form):
    """How somebody's words of a community may be shown to later cohorts."""

    choice = forms.ChoiceField(
        label=_("What I write here may be shown to later cohorts, and in the community of practice of the course"),
        choices=Consent.Choice.choices,
        error_messages={"required": _("Choose one of the three.")},
    )
