"""Edits of a unit that its readers propose, and what is decided about them."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import Suggestion


class SuggestionForm(forms.Form):
    """How a unit's text would be, and why. `version` is that of what it goes on from."""

    body = WordsField(Profile.UNIT, label=_("Text"), rows=24)
    title = forms.CharField(
        label=_("What does it make better?"),
        help_text=_("In a few words. If it is accepted, they stand in the history of the unit beside your name."),
        max_length=Suggestion.TITLE_MAX,
        widget=forms.TextInput({"dir": "auto"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    slot = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def words(self):
        """The valid form's, for actions.revise_suggestion."""
        return {name: self.cleaned_data[name] for name in ("title", "body", "version")}


class DecisionForm(forms.Form):
    """On which version of a suggestion somebody decides."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class DeclineForm(DecisionForm):
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Its author and everybody who sees the suggestion read it."),
        max_length=Suggestion.REASON_MAX,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class ChangeForm(DecisionForm):
    """The text that an author makes of a suggestion, on top of which version of the unit."""

    body = WordsField(Profile.UNIT, label=_("Text"), rows=24)
    unit_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
