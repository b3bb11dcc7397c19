"""Cohorts and their people."""

import re
import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import ZONES
from community.forms import WordsField
from community.models import Membership
from markup import Profile

from ..models import Cohort, Course
from .holidays import HolidaysField

PEOPLE_AT_ONCE = 500
YEARS_AHEAD = timedelta(days=5 * 366)


class AddressesField(forms.CharField):
    """Gives the addresses in a text, each once: one a line or with commas between them."""

    widget = forms.Textarea({"rows": 5})

    def clean(self, value):
        words = re.split(r"[\s,;]+", super().clean(value).lower())
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


class DayField(forms.DateField):
    """A day in a calendar that has an end."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self, value):
        day = super().clean(value)
        if day and abs(day - timezone.localdate()) > YEARS_AHEAD:
            raise ValidationError(_("That is too far away."))
        return day


class CohortForm(forms.ModelForm):
    """All that a cohort begins with. With `course` that is the one, unless another is chosen."""

    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"), empty_label=_("Choose one"))
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("What its members will call it."))
    purpose = forms.CharField(label=_("Purpose"), max_length=300, required=False)
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("You can also set it later."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        help_text=_("Days and times of this cohort are on the clocks there."),
    )
    holidays = HolidaysField()
    welcome = WordsField(
        Profile.POST,
        label=_("Welcome"),
        rows=5,
        required=False,
        help_text=_("Its members read it first, on top of the community's page."),
    )
    facilitators = AddressesField(label=_("Facilitators"), required=False, widget=forms.Textarea({"rows": 2}))
    members = AddressesField(
        label=_("Members"),
        required=False,
        help_text=_(
            "E-mail addresses, one a line or with commas between them. Who has an account is in at once; others get a "
            "mail. More people can come later."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    field_order = (
        *("course", "title", "purpose", "starts_on", "ends_on", "time_zone", "is_self_paced", "holidays"),
        *("welcome", "facilitators", "members"),
    )

    class Meta:
        model = Cohort
        fields = ("starts_on", "ends_on", "time_zone", "is_self_paced")
        help_texts = {"is_self_paced": _("All units are open from the start, and nothing is asked by a schedule.")}

    def __init__(self, *args, courses, course=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        course = course or (courses.first() if len(courses) == 1 else None)
        field = forms.ModelChoiceField(courses, label=_("Course"), required=self.course is None, initial=course)
        self.fields["course"] = field
        self.order_fields(self.field_order)

    def clean_course(self):
        return self.cleaned_data["course"] or self.course

    def clean(self):
        super().clean()
        begins, ends = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("That is before it begins."))
        return self.cleaned_data

    @property
    def words(self):
        """The valid form's, for actions.start_cohort."""
        names = ("course", "title", "purpose", *self.Meta.fields, "holidays", "welcome", "key")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def people(self):
        """Role → addresses."""
        guides, members = (self.cleaned_data[name] for name in ("facilitators", "members"))
        others = [email for email in members if email not in guides]
        return {Membership.Role.FACILITATOR: guides, Membership.Role.MEMBER: others}


class PeopleForm(forms.Form):
    emails = AddressesField(
        label=_("E-mail addresses"),
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
