import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outbound.push import may_be_pushed_to, public_key

KEY = re.compile(r"B[A-Za-z0-9_-]{86}=?", re.ASCII)  # a point of the curve
SECRET = re.compile(r"[A-Za-z0-9_-]{22}(==)?", re.ASCII)


class BrowserForm(forms.Form):
    """What a browser says of itself: PushSubscription.toJSON(), taken apart."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.RegexField(KEY, max_length=88)
    auth = forms.RegexField(SECRET, max_length=24)

    def clean_endpoint(self):
        endpoint = self.cleaned_data["endpoint"]
        if not public_key() or not may_be_pushed_to(endpoint):
            raise ValidationError(_("Messages can't be sent there."))
        return endpoint
