from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Draft
from markup import LIMITS

from ..models import Thread


class DraftForm(forms.Form):
    """Words that are not finished: a little longer than any text may be, since they are shortened in the end."""

    BODY_MAX = max(LIMITS.values()) + 2_000

    slot = forms.CharField(max_length=Draft.SLOT_MAX)
    title = forms.CharField(max_length=Thread.TITLE_MAX, strip=False, required=False)
    body = forms.CharField(strip=False, required=False)
    key = forms.UUIDField(required=False)

    def clean_body(self):
        """With the line ends that were typed."""
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if len(body) > self.BODY_MAX:
            raise forms.ValidationError(_("Too long to be kept here."))
        return body
