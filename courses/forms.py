import re
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import ZONES
from community.forms import WordsField
from community.models import Membership
from discussions.forms import post_id
from markup import Profile

from .models import Cohort, Course, Section, Suggestion, Unit, UnitRevision

PEOPLE_AT_ONCE = 500


class CourseForm(forms.ModelForm):
    class Meta:
        model = Course
        fields = ("title", "summary")
        widgets = {"summary": forms.Textarea({"rows": 3})}


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ("title",)


class NewUnitForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=Unit.TITLE_MAX)

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        sections = course.sections.in_order()
        self.fields["section"] = forms.ModelChoiceField(label=_("Section"), queryset=sections, empty_label=None)


class UnitForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=Unit.TITLE_MAX)
    summary = forms.CharField(label=_("Summary"), max_length=200, required=False)
    source = WordsField(Profile.UNIT, label=_("Text"), rows=24, required=False)
    note = forms.CharField(label=_("What changed?"), max_length=UnitRevision.NOTE_MAX, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class CompareForm(forms.Form):
    """Which two versions of a unit."""

    older = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    newer = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class RestoreForm(forms.Form):
    """Which version shall stand again, and on top of which."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


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


class CarryForm(forms.Form):
    """Which of the conversations `threads` go to which of `cohorts`; both by their ids."""

    cohort = forms.CharField(required=False)

    def __init__(self, *args, threads, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.cohorts = threads, cohorts

    @property
    def ids(self):
        """Ids of the conversations that are ticked."""
        ticked = self.data.getlist("threads") if self.is_bound else []  # type: ignore[attr-defined]
        return {post_id(number) for number in ticked}

    @property
    def threads(self):
        return [thread for pk, thread in self.known.items() if pk in self.ids]

    @property
    def chosen(self):
        """Id of the cohort that is chosen, or None."""
        return post_id(self["cohort"].value() or "")

    @property
    def target(self):
        return self.cohorts[self.chosen]

    def clean(self):
        if not self.threads:
            self.add_error(None, _("Tick what shall go."))
        if self.chosen not in self.cohorts:
            self.add_error(None, _("Choose the cohort to which it shall go."))
        return self.cleaned_data
