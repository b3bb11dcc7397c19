import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from ..models import Thread
from .anchor import Anchor, anchor_of, post_id


class ReplyForm(forms.Form):
    body = WordsField(Profile.POST, label=_("Your reply"))
    answers_to = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    slot = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_answers_to(self):
        """A post's id, or None: what is no id is no reason to refuse somebody's words."""
        return post_id(self.cleaned_data["answers_to"])


class PreviewForm(forms.Form):
    body = WordsField(Profile.POST)


class EditPostForm(forms.Form):
    body = WordsField(Profile.POST, label=_("Your words"), rows=6)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class BeginningForm(forms.Form):
    """What a conversation begins with. Without a title it gets its first line's words."""

    title = forms.CharField(label=_("Title"), max_length=Thread.TITLE_MAX, required=False)
    body = WordsField(Profile.POST, label=_("Your words"))
    anchor = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    slot = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    @property
    def about(self):
        """The Anchor that the form carries, also while it isn't valid; an empty one for the whole place."""
        return anchor_of(self["anchor"].value(), self.place) or Anchor()

    def clean_anchor(self):
        """An Anchor; an empty one for the whole place."""
        if not self.cleaned_data["anchor"]:
            return Anchor()
        anchor = anchor_of(self.cleaned_data["anchor"], self.place)
        if anchor is None:
            raise forms.ValidationError(
                _("This form belongs to another page. Copy your words, then open the page again.")
            )
        return anchor

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("title"):
            first_line = cleaned.get("body", "").strip().partition("\n")[0]
            cleaned["title"] = first_line[:80] + ("…" if len(first_line) > 80 else "")
        return cleaned


class ThreadForm(BeginningForm):
    """A new conversation. `chosen` are the words that it is about."""

    chosen = ""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Thread.Kind.DISCUSSION, Thread.Kind.QUESTION)], required=False
    )

    def clean_kind(self):
        return self.cleaned_data["kind"] or Thread.Kind.DISCUSSION
