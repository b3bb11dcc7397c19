import re
import uuid

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from markup import LIMITS, Profile

from .actions import FileRefused, FileTooLarge, PictureBroken, QuotaFull, TooFast
from .models import Bookmark, Community, InviteLink, JoinRequest, Openness, Role, domain_of

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class WordsField(forms.CharField):
    """A text that people write, as long as its profile allows.

    Too long a text is refused with its length and the limit; the form keeps it, so nothing is lost.
    """

    def __init__(self, profile: Profile, *, rows=3, **kwargs):
        limit = LIMITS[profile]
        super().__init__(
            strip=False,
            widget=forms.Textarea({"rows": rows, "maxlength": False, "data-limit": limit, "dir": "auto"}),
            error_messages={"required": _("Write something first.")},
            **kwargs,
        )
        too_long = _("That is %(show_value)s characters; %(limit_value)s fit. Nothing is lost: shorten it here.")
        self.validators.append(MaxLengthValidator(limit, too_long))

    def to_python(self, value):
        """With the line ends that were typed, not those that a form sends."""
        text = super().to_python(value) or ""
        return "" if not text.strip() else text.replace("\r\n", "\n")


class CommunityForm(forms.ModelForm):
    """What a host says about how things are done in a community."""

    class Meta:
        model = Community
        fields = ("title", "purpose", "openness", "members_may_distil")
        labels = {"title": _("Name")}
        widgets = {
            "title": forms.TextInput({"dir": "auto"}),
            "purpose": forms.TextInput({"dir": "auto"}),
            "openness": forms.RadioSelect,
        }
        help_texts = {
            "members_may_distil": _("On top of a conversation, what it came to. Otherwise facilitators and hosts do."),
        }


class RoleForm(forms.Form):
    """One of the `roles` that who asks may give."""

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(role, Role(role).label) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)


class FoundForm(forms.ModelForm):
    """A community that somebody founds."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Community
        fields = ("title", "purpose", "openness")
        labels = {"title": _("Name")}
        widgets = {
            "title": forms.TextInput({"dir": "auto"}),
            "purpose": forms.TextInput({"dir": "auto"}),
            "openness": forms.RadioSelect,
        }
        help_texts = {"purpose": _("In a sentence: who meets here, and what for?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("openness", Openness.OPEN)


class JoinRequestForm(forms.ModelForm):
    """What somebody says who asks to join."""

    class Meta:
        model = JoinRequest
        fields = ("words",)
        labels = {"words": _("A few words for the hosts")}
        help_texts = {"words": _("Who you are, and what brings you. Only the hosts read it.")}
        widgets = {"words": forms.Textarea({"rows": 3, "dir": "auto"})}


class DeclineRequestForm(forms.ModelForm):
    class Meta:
        model = JoinRequest
        fields = ("reason",)
        labels = {"reason": _("A few words for them")}
        widgets = {"reason": forms.Textarea({"rows": 2, "dir": "auto"})}


class InviteLinkForm(forms.Form):
    """A link by which people get in; `roles` are those that its maker may give."""

    role = forms.ChoiceField(label=_("They come in as"))
    days = forms.TypedChoiceField(label=_("It works for"), coerce=int, choices=list(InviteLink.DAYS.items()), initial=7)
    places = forms.IntegerField(
        label=_("How many get in by it"),
        help_text=_("Empty: however many come."),
        min_value=1,
        max_value=InviteLink.PLACES_MAX,
        required=False,
    )
    domains = forms.CharField(
        label=_("Only with addresses at"),
        help_text=_("As in “example.org”, with commas between them. Empty: any address."),
        max_length=500,
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in InviteLink.ROLES if role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_domains(self):
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if word]
        found = [domain_of(word) for word in words]
        wrong = [word for word, domain in zip(words, found, strict=True) if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise forms.ValidationError(_("Not a domain: %(list)s"), params={"list": ", ".join(wrong[:5])})
        return list(dict.fromkeys(found))

    @property
    def terms(self):
        """The valid form's, for actions.make_link."""
        said = dict(self.cleaned_data)
        until = InviteLink.expiring_in(said.pop("days"))
        return said | {"expires_at": until}


class BookmarkNoteForm(forms.ModelForm):
    """What one kept something for; for oneself."""

    class Meta:
        model = Bookmark
        fields = ("note",)
        widgets = {"note": forms.Textarea({"rows": 3, "dir": "auto"})}


class FileForm(forms.Form):
    file = forms.FileField(label=_("Picture or file"))
    words = forms.CharField(
        label=_("What it shows or is"),
        help_text=_("Of a picture, for who can't see it."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def why_refused(error: FileRefused | TooFast) -> str:
    """What to say to somebody whose file was not taken, and what to do about it."""
    if isinstance(error, TooFast):
        return gettext("Those were many files at once. Try again in %(s)s seconds.") % {"s": error.retry_after_s}
    if isinstance(error, FileTooLarge):
        return gettext("That file is too large: up to %(mb)s MB fit.") % {"mb": settings.FILE_BYTES_MAX // 1024**2}
    if isinstance(error, QuotaFull):
        words = gettext("That is more than fits: one person's files in a community take up to %(mb)s MB.")
        return words % {"mb": settings.FILE_QUOTA_BYTES // 1024**2}
    if isinstance(error, PictureBroken):
        return gettext("That picture can't be read, or has too many pixels. Try it as a smaller JPEG or PNG.")
    return gettext("Files of that kind can't be shared here. A PDF or a ZIP archive of it can.")
