import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from .models import Thread


class ReplyForm(forms.Form):
    body = WordsField(Profile.POST, label=_("Your reply"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ThreadForm(forms.Form):
    """A new conversation. Without a title it gets its first line's words."""

    STARTABLE = [Thread.Kind.DISCUSSION, Thread.Kind.QUESTION]

    title = forms.CharField(label=_("Title"), max_length=Thread.TITLE_MAX, required=False)
    body = WordsField(Profile.POST, label=_("Your words"))
    kind = forms.ChoiceField(
        label=_("This is"),
        choices=[(kind.value, kind.label) for kind in STARTABLE],
        initial=Thread.Kind.DISCUSSION,
        required=False,
    )
    block = forms.RegexField(r"^[a-z0-9]{8}\Z", required=False, widget=forms.HiddenInput)
    quote = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title"):
            first_line = cleaned.get("body", "").strip().partition("\n")[0]
            cleaned["title"] = first_line[:80] + ("…" if len(first_line) > 80 else "")
        cleaned["kind"] = cleaned.get("kind") or Thread.Kind.DISCUSSION
        return cleaned
