import uuid
from dataclasses import asdict, dataclass

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from markup import LIMITS, Profile

from .models import Draft, Thread

ANCHOR_SALT = "discussions.anchor"


@dataclass(frozen=True)
class Anchor:
    """What ties a thread to a block: the block, the words it is about, and what stood around them.

    `words` are the whole block's, cut to Thread.QUOTE_MAX, unless `chosen`.
    """

    block_id: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    chosen: bool = False

    @classmethod
    def on(cls, block_id, text, chosen=""):
        """On a block with this text; on the words `chosen` in it, if they stand there and are short enough."""
        chosen = " ".join(chosen.split())
        at = text.find(chosen) if chosen and len(chosen) <= Thread.QUOTE_MAX else -1
        if at < 0:
            return cls(block_id, text[: Thread.QUOTE_MAX])
        end = at + len(chosen)
        before, after = text[max(at - Thread.AROUND_MAX, 0) : at], text[end : end + Thread.AROUND_MAX]
        return cls(block_id, chosen, before, after, chosen=True)


def signed(anchor, place):
    """What a form carries so that its thread hangs on a block and quotes it; signed, so nobody quotes what was not
    there. It stays good when the text is rewritten: the thread is then on an earlier wording."""
    return signing.dumps([place.pk, asdict(anchor)], salt=ANCHOR_SALT, compress=True)


def post_id(text):
    """The id that an address or a form names, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


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


class ThreadForm(forms.Form):
    """A new conversation. Without a title it gets its first line's words. `chosen` are the words that it is about."""

    chosen = ""

    title = forms.CharField(label=_("Title"), max_length=Thread.TITLE_MAX, required=False)
    body = WordsField(Profile.POST, label=_("Your words"))
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Thread.Kind.DISCUSSION, Thread.Kind.QUESTION)], required=False
    )
    anchor = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    slot = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    def clean_kind(self):
        return self.cleaned_data["kind"] or Thread.Kind.DISCUSSION

    def clean_anchor(self):
        """An Anchor; an empty one for the whole place."""
        if not self.cleaned_data["anchor"]:
            return Anchor()
        try:
            place_id, anchor = signing.loads(self.cleaned_data["anchor"], salt=ANCHOR_SALT)
        except signing.BadSignature:
            place_id = None
        if place_id != self.place.pk:
            raise forms.ValidationError(
                _("This form belongs to another page. Copy your words, then open the page again.")
            )
        return Anchor(**anchor)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("title"):
            first_line = cleaned.get("body", "").strip().partition("\n")[0]
            cleaned["title"] = first_line[:80] + ("…" if len(first_line) > 80 else "")
        return cleaned


class DraftForm(forms.Form):
    """Words that are not finished: a little longer than a post may be, since they are shortened in the end."""

    BODY_MAX = LIMITS[Profile.POST] + 2_000

    slot = forms.CharField(max_length=Draft.SLOT_MAX)
    title = forms.CharField(max_length=Thread.TITLE_MAX, strip=False, required=False)
    body = forms.CharField(strip=False, required=False)
    key = forms.UUIDField(required=False)

    def clean_body(self):
        """With the line ends that were typed."""
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if len(body) > self.BODY_MAX:
            raise forms.ValidationError(_("Too long to be kept here."))
        return body
