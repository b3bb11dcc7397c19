from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import SummaryRevision


class SummaryForm(forms.Form):
    body = WordsField(Profile.POST, label=_("Summary"), rows=16)
    note = forms.CharField(label=_("What changed?"), max_length=SummaryRevision.NOTE_MAX, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
