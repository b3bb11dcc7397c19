from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Unit, UnitReading


class ReadingForm(forms.Form):
    """What a page says of its unit: for how many seconds more it was on the screen, and how much of it, in percent."""

    seconds = forms.IntegerField(min_value=0, max_value=UnitReading.SECONDS_AT_ONCE)
    share = forms.IntegerField(min_value=0, max_value=100)


class DoneWhenForm(forms.ModelForm):
    """By what a unit counts as done."""

    class Meta:
        model = Unit
        fields = ("done_when",)
        help_texts = {
            "done_when": _("People can always say so themselves, and take it back. Nobody else sees who is done.")
        }
