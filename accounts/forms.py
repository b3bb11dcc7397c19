import re
import zoneinfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import actions
from .models import ColourTooLight, Interest, Organisation, Profile, User, palette

DOMAIN = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9\u00a1-\uffff]([a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?\.)+[a-z\u00a1-\uffff]{2,63}"
)
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


class OrganisationForm(forms.Form):
    """The organisation's settings, on top of the `version` that was read."""

    name = forms.CharField(
        label=_("Name"),
        max_length=Organisation.NAME_MAX,
        required=False,
        help_text=_("On top of each page and in mails."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, GIF or WebP. It stands on light and on dark ground."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )
    without_logo = forms.BooleanField(label=_("Show no logo"), required=False)
    colour = forms.CharField(
        label=_("Colour"),
        required=False,
        max_length=7,
        help_text=_("Of links and buttons, as #rrggbb; a dark page takes a lighter one by itself. Empty: as it came."),
    )
    sign_up = forms.ChoiceField(
        label=_("Who may sign up"), choices=Organisation.SignUp.choices, widget=forms.RadioSelect
    )
    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        max_length=Organisation.DOMAINS_MAX,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line, such as example.org; those of subdomains are domains of their own."),
    )
    founding = forms.ChoiceField(
        label=_("Who may found communities"),
        choices=Organisation.Founding.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    @staticmethod
    def as_initial(organisation):
        names = ("name", "colour", "sign_up", "founding", "domains", "time_zone", "version")
        return {name: getattr(organisation, name) for name in names}

    def clean_founding(self):
        return self.cleaned_data["founding"] or Organisation.Founding.EVERYBODY

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_logo(self):
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        try:
            return actions.logo_of(upload)
        except actions.NotAPicture as error:
            raise ValidationError(_("That file can't be used as a picture. Try a JPEG, PNG, GIF or WebP.")) from error

    def clean_colour(self):
        colour = self.cleaned_data["colour"].strip().lower()
        if not colour:
            return ""
        if not re.fullmatch(r"#[0-9a-f]{6}", colour):
            raise ValidationError(_("A colour is # and six of 0 to 9 and a to f, such as #2f5d8a."))
        try:
            palette(colour)
        except ColourTooLight as error:
            words = _("Words in that colour would be hard to read. %(nearest)s is the nearest that is not.")
            raise ValidationError(words, params={"nearest": error.nearest}) from error
        return colour

    def clean_domains(self):
        domains = [word.lstrip("@").rstrip(".") for word in re.split(r"[\s,;]+", self.cleaned_data["domains"].lower())]
        domains = list(dict.fromkeys(filter(None, domains)))
        wrong = [domain for domain in domains if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError(_("Not a domain: %(list)s"), params={"list": ", ".join(wrong[:5])})
        return "\n".join(domains)

    def clean(self):
        data = self.cleaned_data
        if data.get("sign_up") == Organisation.SignUp.DOMAINS and data.get("domains") == "":
            self.add_error("domains", _("Name at least one domain, or let anybody sign up."))
        return data

    def changes(self):
        """What `actions.change_organisation` takes."""
        data = dict(self.cleaned_data)
        rest = {name: data.pop(name) for name in ("version", "logo", "without_logo")}
        return rest | {"fields": data}


class DirectoryForm(forms.ModelForm):
    """What somebody knows and wants to learn, and who sees which part of what they say about themselves."""

    knows = forms.CharField(
        label=_("What I know"),
        required=False,
        help_text=_("Up to 12 words or short phrases, with commas between them. Others find you by them."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    wants = forms.CharField(label=_("What I'd like to learn"), required=False, widget=forms.TextInput({"dir": "auto"}))

    field_order = ["knows", "wants"]

    class Meta:
        model = Profile
        fields = ("about_for", "knows_for", "wants_for", "time_zone_for", "email_for")

    def clean_knows(self):
        return self.words("knows")

    def clean_wants(self):
        return self.words("wants")

    def words(self, name):
        words = [" ".join(word.split()).lower() for word in self.cleaned_data[name].split(",")]
        words = list(dict.fromkeys(filter(None, words)))
        if len(words) > Interest.EACH_AT_MOST:
            raise ValidationError(
                _("Up to %(n)s fit; choose those that matter most."), params={"n": Interest.EACH_AT_MOST}
            )
        long = [word for word in words if len(word) > Interest.NAME_MAX]
        if long:
            raise ValidationError(_("Make it shorter: “%(word)s”."), params={"word": long[0]})
        return words

    @property
    def audiences(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
