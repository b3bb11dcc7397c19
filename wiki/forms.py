import uuid
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Merge, Profile, TooLong, words_changed

from .models import Hiding, PageTemplate, Revision, WikiPage


class PageForm(forms.Form):
    body = WordsField(Profile.WIKI, label=_("Text"), rows=20, help_text=_("Markdown."))
    summary = forms.CharField(label=_("What changed?"), max_length=Revision.SUMMARY_MAX, required=False)


class EditForm(PageForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)  # for js/draft-keeper.js

    @property
    def words(self):
        """The valid form's, for actions.edit_page."""
        return {name: self.cleaned_data[name] for name in ("body", "summary", "version")}


class RenameForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=WikiPage.TITLE_MAX)
    was = forms.CharField(widget=forms.HiddenInput, max_length=WikiPage.TITLE_MAX)


@dataclass
class Question:
    """A paragraph that two people changed: both texts, with what one has and the other has not."""

    theirs: list
    mine: list
    choice: forms.BoundField
    own: forms.BoundField


class MergeForm(forms.Form):
    """What somebody sent, `body` on top of the version `base`, the `version` that others have saved since, and what
    becomes of each paragraph that both changed."""

    CHOICES = (
        ("theirs", _("Theirs")),
        ("mine", _("Mine")),
        ("both", _("Both, one after the other")),
        ("own", _("As I write it here:")),
    )

    body = WordsField(Profile.WIKI)
    summary = PageForm.base_fields["summary"]
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget = forms.HiddenInput()
        self.merge = Merge([])
        self.questions: list[Question] = []

    def ask_about(self, merge):
        """Add what is to be decided."""
        self.merge = merge
        for conflict in merge.conflicts:
            n = conflict.number
            pieces = words_changed(conflict.theirs, conflict.mine)
            self.fields[f"choice-{n}"] = forms.ChoiceField(choices=self.CHOICES, widget=forms.RadioSelect)
            own = forms.Textarea({"rows": 3, "dir": "auto"})
            self.fields[f"own-{n}"] = forms.CharField(widget=own, initial=conflict.both, strip=False, required=False)
            theirs, mine = ([piece for piece in pieces if piece[0] != other] for other in ("ins", "del"))
            self.questions.append(Question(theirs, mine, self[f"choice-{n}"], self[f"own-{n}"]))

    def is_decided(self):
        """Whether each question has an answer; the form then says which has none."""
        self.full_clean()
        return self.is_valid()

    def text(self):
        """The decided form's."""

        def chosen(conflict):
            choice = self.cleaned_data[f"choice-{conflict.number}"]
            own = self.cleaned_data[f"own-{conflict.number}"].replace("\r\n", "\n").strip("\n")
            return own if choice == "own" else getattr(conflict, choice)

        return self.merge.text(chosen)

    def say_too_long(self, too_long: TooLong):
        self.add_error(
            None, _("That is %(n)s characters; %(limit)s fit.") % {"n": too_long.length, "limit": too_long.limit}
        )


class TemplateForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=PageTemplate.TITLE_MAX)
    body = WordsField(Profile.WIKI, label=_("Text"), rows=16, help_text=_("Markdown."))


class NewTemplateForm(TemplateForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class EditTemplateForm(TemplateForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class NewPageForm(PageForm):
    title = forms.CharField(label=_("Title"), max_length=WikiPage.TITLE_MAX)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ["title", "body", "summary"]


class CompareForm(forms.Form):
    """Which two versions, and whether as they read or as they were typed."""

    older = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    newer = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    typed = forms.BooleanField(required=False)


class RestoreForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class HideForm(forms.ModelForm):
    class Meta:
        model = Hiding
        fields = ("reason",)
        help_texts = {"reason": _("Everybody who can read the page sees this in its history.")}
