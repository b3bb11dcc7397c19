import re
import unicodedata
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from community.models import Place
from markup import Profile

from ..models import Resource, Tag

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


class TagsInput(forms.TextInput):
    def format_value(self, value):
        return value if value is None or isinstance(value, str) else ", ".join(value)


class TagsField(forms.CharField):
    """Tags with commas between them: small letters, each once."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Tags"),
            required=False,
            help_text=_("Up to 8, with commas between them."),
            widget=TagsInput({"autocomplete": "off", "dir": "auto"}),
            **kwargs,
        )

    def clean(self, value):
        tags = [line_of(tag).strip('"').strip().lower() for tag in super().clean(value).split(",")]
        tags = list(dict.fromkeys(filter(None, tags)))
        if len(tags) > Tag.AT_MOST or any(len(tag) > Tag.NAME_MAX for tag in tags):
            raise forms.ValidationError(_("Up to 8 tags, each of at most 40 characters."))
        return tags


class ShareForm(forms.Form):
    retry_after_s = 0  # when it was sent too soon

    what = WordsField(
        Profile.NOTE,
        label=_("A link, or a note"),
        rows=1,
        required=False,
        help_text=_("An address becomes a link; anything else is a note."),
    )
    file = forms.FileField(label=_("Or a file"), required=False)
    why = WordsField(Profile.NOTE, label=_("Why is it worth it?"), required=False, rows=2)
    title = LineField(label=_("What is it called?"), max_length=Resource.TITLE_MAX, required=False)
    tags = TagsField()
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_what(self):
        text = self.cleaned_data["what"].strip()
        self.cleaned_data["url"] = web_address(text) if is_address(text) else ""
        return text

    def clean(self):
        """One thing at a time."""
        given = [name for name in ("what", "file") if self.cleaned_data.get(name)]
        if len(given) > 1:
            self.add_error("file", _("One thing at a time: share the file first, then the link or the note."))
        elif not given and not self.errors:
            self.add_error("what", _("What would you like to share? Put in a link or a note, or choose a file."))
        return self.cleaned_data

    @property
    def things(self):
        """The fields of which one is needed."""
        return [self["what"], self["file"]]

    def shared(self):
        """What `actions.share` takes, but for the file, which has to be kept before."""
        data = self.cleaned_data
        thing = {"url": data["url"]} if data.get("url") else {"text": data["what"]}
        return thing | {name: data[name] for name in ("why", "title", "tags", "key")}


class ShareAnywhereForm(ShareForm):
    """With the choice of a place, of those that its writer may see."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Where to"))

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class EditForm(forms.Form):
    """What one may change of a resource: `may` are one's rights, `has_shared` whether one gave a reason."""

    title = LineField(label=_("What is it called?"), max_length=Resource.TITLE_MAX, required=False)
    text = WordsField(Profile.NOTE, label=_("Note"), rows=4)
    why = WordsField(Profile.NOTE, label=_("Why is it worth it?"), required=False, rows=2)
    tags = TagsField()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, may, has_shared, **kwargs):
        super().__init__(*args, **kwargs)
        for name, is_theirs in (("text", "text" in may), ("why", has_shared)):
            if not is_theirs:
                del self.fields[name]


class TagForm(forms.Form):
    name = LineField(label=_("What is it called?"), max_length=Tag.NAME_MAX)

    def clean_name(self):
        name = line_of(self.cleaned_data["name"].lower().replace(",", " "))
        if not name:
            raise forms.ValidationError(_("Write something first."))
        return name


def web_address(text: str) -> str:
    """The address of a page of the web. Raises ValidationError."""
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE) and not re.match("https?:", text, re.IGNORECASE):
        raise forms.ValidationError(_("Only web addresses can be shared: they begin with https:// or http://."))
    return forms.URLField(max_length=Resource.URL_MAX, assume_scheme="https").clean(text)
