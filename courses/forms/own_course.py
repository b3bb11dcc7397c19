from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Course, Unit


class OwnCourseForm(forms.ModelForm):
    """A course that a community begins to write for itself."""

    unit = forms.CharField(
        label=_("Its first unit"),
        help_text=_("A title. You write it on the next page, and others add theirs."),
        max_length=Unit.TITLE_MAX,
        widget=forms.TextInput({"dir": "auto"}),
    )

    class Meta:
        model = Course
        fields = ("title", "summary")
        labels = {"title": _("What is it called?"), "summary": _("What is it about?")}
        widgets = {
            "title": forms.TextInput({"dir": "auto"}),
            "summary": forms.Textarea({"rows": 2, "dir": "auto"}),
        }

    @property
    def words(self):
        """The valid form's, for actions.begin_own_course."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "unit")}
