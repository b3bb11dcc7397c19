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
    kind: str = ""  # of the block

    def as_fields(self):
        """The fields of a thread that hangs on it."""
        return {
            "block_id": self.block_id,
            "quote": self.words[: Thread.QUOTE_MAX],
            "quote_before": self.before,
            "quote_after": self.after,
            "is_about_words": self.chosen,
        }

    @classmethod
    def on(cls, block_id, text, chosen="", *, kind=""):
        """On a block with this text; on the words `chosen` in it, if they stand there and are short enough."""
        chosen = " ".join(chosen.split())
        at = text.find(chosen) if chosen and len(chosen) <= Thread.QUOTE_MAX else -1
        if at < 0:
            return cls(block_id, text[: Thread.QUOTE_MAX], kind=kind)
        end = at + len(chosen)
        before, after = text[max(at - Thread.AROUND_MAX, 0) : at], text[end : end + Thread.AROUND_MAX]
        return cls(block_id, chosen, before, after, chosen=True, kind=kind)


def signed(anchor, place):
    """What a form carries so that its thread hangs on a block and quotes it; signed, so nobody quotes what was not
    there. It stays good when the text is rewritten: the thread is then on an earlier wording."""
    return signing.dumps([place.pk, asdict(anchor)], salt=ANCHOR_SALT, compress=True)


def anchor_of(text, place):
    """The Anchor in a signed text; None if it was signed for another place, or by nobody."""
    try:
        place_id, anchor = signing.loads(text or "", salt=ANCHOR_SALT)
    except signing.BadSignature:
        return None
    return Anchor(**anchor) if place_id == place.pk else None


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


class MomentField(forms.DateTimeField):
    """A day and a time on the clock of whoever fills it in."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        super().__init__(required=kwargs.pop("required", False), **kwargs)


class TermsForm(forms.Form):
    """On what terms a prompt is answered, or how long a topic stays. Asks for what can be said of `thread`."""

    answer_first = forms.BooleanField(
        label=_("Members answer before they read the answers of others"),
        required=False,
        help_text=_("They can read without answering, too; nothing notes who does."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Members don't see who answered"),
        required=False,
        help_text=_("Facilitators do. What was answered stays as it was answered when you change this."),
    )
    opens_at = MomentField(label=_("Opens"), help_text=_("Until then only facilitators see it. Empty: at once."))
    closes_at = MomentField(label=_("Closes"), help_text=_("Then nobody can answer any more. Empty: it stays open."))
    current_until = MomentField(
        label=_("Topic until"), required=True, help_text=_("Then it is no longer on top. Talk about it goes on.")
    )

    def __init__(self, *args, thread, **kwargs):
        kwargs["initial"] = {name: getattr(thread, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for name in unasked(thread.kind) | (set() if thread.is_waiting else {"opens_at"}):
            del self.fields[name]

    def clean(self):
        return in_order(self)


class PosingForm(BeginningForm):
    """What guides ask everybody, and the terms on which."""

    term_names: tuple[str, ...] = ("opens_at",)

    opens_at = TermsForm.base_fields["opens_at"]

    def clean(self):
        super().clean()
        return in_order(self)

    @property
    def about(self):
        """The Anchor that the form carries, also while it isn't valid; an empty one for the whole place."""
        return anchor_of(self["anchor"].value(), self.place) or Anchor()

    @property
    def terms(self):
        """The valid form's words as fields of Terms."""
        return {name: self.cleaned_data[name] for name in self.term_names}

    @property
    def asked_terms(self):
        """The fields that ask for terms, for the page."""
        return [self[name] for name in self.term_names]


class PromptForm(PosingForm):
    term_names = ("answer_first", "is_anonymous", "opens_at", "closes_at")

    answer_first, is_anonymous = (TermsForm.base_fields[name] for name in ("answer_first", "is_anonymous"))
    closes_at = TermsForm.base_fields["closes_at"]


class TopicForm(PosingForm):
    """A community's topic of the day or week."""

    term_names = ("opens_at", "current_until")

    current_until = TermsForm.base_fields["current_until"]


def unasked(kind):
    """The terms that say nothing of this kind of thread."""
    return {"answer_first", "is_anonymous", "closes_at"} if kind == Thread.Kind.TOPIC else {"current_until"}


def in_order(form):
    """What ends does so after it has begun. A closing date that has passed may be given again; it stays closed."""
    begins = form.cleaned_data.get("opens_at")
    for name in ("closes_at", "current_until"):
        ends = form.cleaned_data.get(name)
        if ends and begins and ends <= begins:
            form.add_error(name, _("That is before it begins."))
    return form.cleaned_data


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
