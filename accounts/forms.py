import zoneinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import actions
from .models import User

ZONES = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})


class SignupExtras(forms.Form):
    """What we ask beside address and password. The time zone is the browser's, where it says one."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput({"data-browser-time-zone": ""}))

    field_order = ["name", "email", "password1"]

    def clean_time_zone(self):
        zone = self.cleaned_data["time_zone"]
        return zone if zone in ZONES else ""

    def signup(self, request, user):
        """Asked for by allauth; the adapter has already taken what is here."""


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, GIF or WebP, up to 5 MB. It is cut to a square."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )
    remove_picture = forms.BooleanField(label=_("Show my initials instead of a picture"), required=False)

    class Meta:
        model = User
        fields = ("name", "handle", "about", "time_zone", "is_seen_reading")
        help_texts = {
            "handle": _("People write @handle to mention you. 2 to 30 of a to z, 0 to 9 and _."),
            "is_seen_reading": _(
                "Who has the same page open sees your name on it, for as long as you do and up to a minute more. "
                "It is written down nowhere."
            ),
        }
        widgets = {"about": forms.Textarea({"rows": 3})}

    def clean_handle(self):
        return self.cleaned_data["handle"].lower()

    def clean_picture(self):
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return actions.square_picture(upload)
        except actions.NotAPicture as error:
            raise ValidationError(
                _("That file can't be used as a picture. Try a JPEG, PNG, GIF or WebP of up to 5 MB.")
            ) from error

    def save(self, commit=True):
        user = super().save(commit=False)
        user.save(update_fields=self.Meta.fields)
        if self.cleaned_data["picture"] or self.cleaned_data["remove_picture"]:
            actions.change_avatar(user, self.cleaned_data["picture"])
        return user
