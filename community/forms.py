import uuid

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from markup import LIMITS, Profile

from .actions import FileRefused, FileTooLarge, PictureBroken, QuotaFull, TooFast
from .models import Bookmark, Community, Role


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
        fields = ("members_may_distil",)
        help_texts = {
            "members_may_distil": _("On top of a conversation, what it came to. Otherwise facilitators and hosts do."),
        }


class RoleForm(forms.Form):
    """One of the `roles` that who asks may give."""

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(role, Role(role).label) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)


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
