"""Who takes turns in hosting, and which weeks change places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Turn


class SeatForm(forms.Form):
    """Somebody of the community, by their handle."""

    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        help_text=_("Of somebody here, as it stands on their page."),
        widget=forms.TextInput({"placeholder": "@handle", "autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, *args, commons, **kwargs):
        super().__init__(*args, **kwargs)
        self.commons = commons

    def clean_handle(self):
        """The person themselves."""
        handle = self.cleaned_data["handle"].removeprefix("@").lower()
        person = self.commons.members_by_handle([handle]).get(handle)
        if person is None or not self.commons.accepts_words_from(person):
            raise forms.ValidationError(_("Nobody who writes here has this handle."))
        return person


class SwapForm(forms.Form):
    """Another week of the rota."""

    other = forms.ModelChoiceField(Turn.objects.none())

    def __init__(self, *args, turns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = turns  # type: ignore[attr-defined]
