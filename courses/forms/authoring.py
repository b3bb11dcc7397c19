"""Courses, sections and units: their words, and which of their versions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import Course, Section, Unit, UnitRevision


class CourseForm(forms.ModelForm):
    class Meta:
        model = Course
        fields = ("title", "summary")
        widgets = {"summary": forms.Textarea({"rows": 3})}


class AuthorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of somebody who has an account here."))


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
