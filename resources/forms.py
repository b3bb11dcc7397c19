import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from community.forms import WordsField
from markup import Profile

from .models import Resource

TAGS_MAX = 8
TAG_LENGTH_MAX = 40


class LinkForm(forms.Form):
    url = forms.URLField(
        label=_("Link"), max_length=Resource.URL_MAX, assume_scheme="https", widget=forms.URLInput({"inputmode": "url"})
    )
    title = forms.CharField(label=_("What is it called?"), max_length=200, required=False)
    why = WordsField(Profile.NOTE, label=_("Why is it worth it?"), required=False, rows=2)
    tags = TagField(label=_("Tags"), required=False, help_text=_("Up to 8, with commas between them."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(_("Only web addresses can be shared: they begin with https:// or http://."))
        return url

    def clean_tags(self):
        tags = self.cleaned_data["tags"]
        if len(tags) > TAGS_MAX or any(len(tag) > TAG_LENGTH_MAX for tag in tags):
            raise forms.ValidationError(_("Up to 8 tags, each of at most 40 characters."))
        return [tag.lower() for tag in tags]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("title") and cleaned.get("url"):
            cleaned["title"] = cleaned["url"].partition("://")[2][:200]
        return cleaned
