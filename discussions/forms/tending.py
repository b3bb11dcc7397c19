from django import forms

RESTS = (1, 3, 7)  # days


class TendingForm(forms.Form):
    """What a guide does about a conversation: to take care of it or to let go of it, or to let it rest for so many
    days, 0 to wake it. Each says what shall be, so twice does it once."""

    claim = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)
    rest = forms.TypedChoiceField(choices=[(n, n) for n in (0, *RESTS)], coerce=int, empty_value=None, required=False)
    instead_of = forms.IntegerField(required=False)

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("claim") and self.cleaned_data.get("rest") is None:
            raise forms.ValidationError("nothing to do")
        return self.cleaned_data
