from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.models import Place

from ..actions import Decision
from ..models import CareEntry, Flag
from .posing import MomentField

Act = CareEntry.Act
NEEDED: dict[str, tuple[str, Any]] = {
    Act.MOVE: ("place", _("Choose where it shall go.")),
    Act.SLOW: ("minutes", _("Choose how slow.")),
    Act.PAUSE: ("until", _("Choose until when.")),
}
LONGEST_PAUSE = timedelta(days=366)


class FlagForm(forms.Form):
    """Why somebody asks for a look."""

    why = forms.ChoiceField(label=_("What is it?"), choices=Flag.Why, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=Flag.WORDS_MAX,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class DecisionForm(forms.Form):
    """What shall be done with a post. What an act needs besides is asked for with it."""

    act = forms.ChoiceField(label=_("Your decision"), choices=Act, widget=forms.RadioSelect)
    place = forms.ModelChoiceField(
        label=_("Where to"), queryset=Place.objects.none(), required=False, empty_label=_("Choose a place")
    )
    minutes = forms.TypedChoiceField(
        label=_("How slow"),
        choices=[("", "—"), *((n, format_lazy(_("One post per person in {n} minutes"), n=n)) for n in (5, 15, 60))],
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        required=False,
    )
    until = MomentField(label=_("Until when"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=CareEntry.REASON_MAX,
        help_text=_("The author reads this, and is not told who flagged the post. Leaving it as it is needs none."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean_until(self):
        until, now = self.cleaned_data["until"], timezone.now()
        if until and not now < until < now + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a time within a year from now."))
        return until

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        act = cleaned.get("act", "")
        name, words = NEEDED.get(act, ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, words)
        if act and act != Act.KEEP and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the author reads it."))
        return cleaned

    @property
    def decision(self):
        """The valid form's words, without what its act does not need."""
        given, (name, _words) = self.cleaned_data, NEEDED.get(self.cleaned_data["act"], ("", ""))
        return Decision(act=given["act"], reason=given["reason"], **({name: given[name]} if name else {}))
