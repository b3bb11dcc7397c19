from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """What becomes of one's words; `heirs` are the memberships of those who could host next, where one is the last."""

    name = forms.ChoiceField(
        label=_("What you wrote stays. With your name?"),
        choices=[
            ("keep", _("With my name")),
            ("drop", _("Without it: as that of a former member")),
        ],
        widget=forms.RadioSelect,
        initial="keep",
    )

    def __init__(self, *args, heirs, **kwargs):
        super().__init__(*args, **kwargs)
        self.heirs = {str(heir.pk): heir for heir in heirs}
        if heirs:
            self.fields["heir"] = forms.ChoiceField(
                label=_("Who hosts after you?"),
                choices=[(pk, f"{heir.user.name}, {heir.get_role_display()}") for pk, heir in self.heirs.items()],
                help_text=_("They hear of it, and can hand it on."),
            )

    @property
    def choices(self):
        """The valid form's, for actions.leave."""
        said = self.cleaned_data
        return {"keeps_name": said["name"] == "keep", "heir": self.heirs.get(said.get("heir", ""))}
