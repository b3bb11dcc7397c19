import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import SummaryRevision


class RestoreForm(forms.Form):
    """Which version shall stand again, 0 for none, and on top of which."""

    number = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class SummaryForm(forms.Form):
    body = WordsField(Profile.POST, label=_("Summary"), rows=16)
    note = forms.CharField(label=_("What changed?"), max_length=SummaryRevision.NOTE_MAX, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)  # for js/draft-keeper.js
    slot = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def words(self):
        """The valid form's, for actions.distil."""
        return {name: self.cleaned_data[name] for name in ("body", "note", "version", "slot")}
