import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Thread
from .anchor import post_id


class SplitForm(forms.Form):
    """Which posts of a conversation become another one, what that is called and where it stands."""

    title = forms.CharField(label=_("Title"), max_length=Thread.TITLE_MAX)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in (Thread.Kind.DISCUSSION, Thread.Kind.QUESTION)],
        initial=Thread.Kind.DISCUSSION,
    )
    place = forms.CharField(required=False)
    after = forms.CharField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    @property
    def ids(self):
        """Ids of the posts that are ticked."""
        ticked = self.data.getlist("posts") if self.is_bound else []  # type: ignore[attr-defined]
        return [number for number in map(post_id, ticked) if number]

    def clean_after(self):
        """Id of the post after which all go too, or None."""
        return post_id(self.cleaned_data["after"])

    def clean_place(self):
        return post_id(self.cleaned_data["place"])

    def clean(self):
        if not (self.ids or self.cleaned_data.get("after")):
            self.add_error(None, _("Choose the posts that shall go."))
        return self.cleaned_data


class MergeForm(forms.Form):
    """Into which conversation another one goes."""

    into = forms.CharField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_into(self):
        return post_id(self.cleaned_data["into"])
