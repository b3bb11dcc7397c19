import re
import unicodedata
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from community.forms import WordsField
from markup import Profile

from .models import Resource

TAGS_MAX = 8
TAG_LENGTH_MAX = 40
ADDRESS = re.compile(r"//|[a-z][a-z0-9+.-]*:|[^\s/?#@:.]+(\.[^\s/?#@:.]+)+(?=[/?#:]|\Z)", re.IGNORECASE)
SCHEME = re.compile(r"(https?:)?//|javascript:|data:|vbscript:", re.IGNORECASE)  # said of whole texts, spaces or not
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # by which a line reads in another order


def is_address(text: str) -> bool:
    """Whether somebody who wrote this meant a link: one word that looks like an address."""
    return bool(SCHEME.match(text)) or (not re.search(r"\s", text) and bool(ADDRESS.match(text)))


def line_of(text: str) -> str:
    """`text` as one line in the order in which it was written: no control characters, none that turn it round."""
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in TURNS.sub("", text))
    return " ".join("".join(kept).split())


class LineField(forms.CharField):
    """One line that names something."""

    def to_python(self, value):
        return line_of(super().to_python(value) or "")


class ShareForm(forms.Form):
    what = WordsField(
        Profile.NOTE,
        label=_("A link, or a note"),
        rows=1,
        help_text=_("An address becomes a link; anything else is a note."),
    )
    why = WordsField(Profile.NOTE, label=_("Why is it worth it?"), required=False, rows=2)
    title = LineField(label=_("What is it called?"), max_length=Resource.TITLE_MAX, required=False)
    tags = TagField(label=_("Tags"), required=False, help_text=_("Up to 8, with commas between them."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_what(self):
        text = self.cleaned_data["what"].strip()
        self.cleaned_data["url"] = web_address(text) if is_address(text) else ""
        return text

    def clean_tags(self):
        tags = list(dict.fromkeys(filter(None, (line_of(tag).lower() for tag in self.cleaned_data["tags"]))))
        if len(tags) > TAGS_MAX or any(len(tag) > TAG_LENGTH_MAX for tag in tags):
            raise forms.ValidationError(_("Up to 8 tags, each of at most 40 characters."))
        return tags

    def shared(self):
        """What `actions.share` takes."""
        data = self.cleaned_data
        thing = {"url": data["url"]} if data["url"] else {"text": data["what"]}
        return thing | {name: data[name] for name in ("why", "title", "tags", "key")}


def web_address(text: str) -> str:
    """The address of a page of the web. Raises ValidationError."""
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE) and not re.match("https?:", text, re.IGNORECASE):
        raise forms.ValidationError(_("Only web addresses can be shared: they begin with https:// or http://."))
    return forms.URLField(max_length=Resource.URL_MAX, assume_scheme="https").clean(text)
