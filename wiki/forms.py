import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import Profile

from .models import Revision, WikiPage


class PageForm(forms.Form):
    body = WordsField(Profile.WIKI, label=_("Text"), rows=20, help_text=_("Markdown."))
    summary = forms.CharField(label=_("What changed?"), max_length=Revision.SUMMARY_MAX, required=False)


class EditForm(PageForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class NewPageForm(PageForm):
    title = forms.CharField(label=_("Title"), max_length=WikiPage.TITLE_MAX)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ["title", "body", "summary"]
