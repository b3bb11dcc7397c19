"""Cohorts and their people."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import ZONES
from community.models import Membership

from ..models import Cohort

PEOPLE_AT_ONCE = 500


class CohortForm(forms.ModelForm):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("What its members will call it."))
    purpose = forms.CharField(label=_("Purpose"), max_length=300, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])

    field_order = ["title", "purpose", "starts_on", "time_zone"]

    class Meta:
        model = Cohort
        fields = ("starts_on", "time_zone")
        widgets = {"starts_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class PeopleForm(forms.Form):
    """Addresses, one a line or with commas between them."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One a line, or with commas between them. Who has an account is in at once; others get a mail."),
    )
    role = forms.ChoiceField(
        label=_("As"),
        choices=[
            (role.value, role.label)
            for role in (Membership.Role.MEMBER, Membership.Role.FACILITATOR, Membership.Role.HOST)
        ],
        initial=Membership.Role.MEMBER,
    )

    def clean_emails(self):
        words = re.split(r"[\s,;]+", self.cleaned_data["emails"].lower())
        emails = list(dict.fromkeys(word for word in words if word))
        if len(emails) > PEOPLE_AT_ONCE:
            raise ValidationError(_("Up to %(n)s addresses at once."), params={"n": PEOPLE_AT_ONCE})
        wrong = [email for email in emails if not is_address(email)]
        if wrong:
            text = ngettext("Not an address: %(list)s", "Not addresses: %(list)s", len(wrong))
            raise ValidationError(text, params={"list": ", ".join(wrong[:10])})
        return emails


def is_address(text):
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
