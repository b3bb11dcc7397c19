"""Bringing a list of people, and saying how it is read."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.actions import Reading, roles_to_grant
from community.models import Membership, RosterImport

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": "none"}
COLUMN_LABELS = {
    "email": _("Address"),
    "name": _("Name or first name"),
    "surname": _("Last name"),
    "role": _("Role"),
}
DELIMITERS = {name: delimiter for delimiter, name in DELIMITER_NAMES.items()}


def roles_for(by, community):
    """Choices for a select: the roles that `by` may give there."""
    granted = roles_to_grant(by, community)
    return [(role.value, role.label) for role in Membership.Role if role in granted and role != Membership.Role.ALUM]


class RosterForm(forms.Form):
    """A list, as words or as a file."""

    words = forms.CharField(
        label=_("Addresses, or cells copied from a spreadsheet"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "dir": "auto", "spellcheck": "false"}),
        help_text=_("One person a line, or addresses with commas between them, with names or without."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("CSV or text, in any encoding, with commas, semicolons or tabs; up to 12,000 lines and 2 MB."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, by, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("As"),
            help_text=_("Where the list itself says no role."),
            choices=roles_for(by, community),
            initial=Membership.Role.MEMBER,
        )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > RosterImport.BYTES_MAX:
            raise ValidationError(_("That file is too large: up to 2 MB fit. Bring it in two parts."))
        return file

    def clean(self):
        if self.errors:
            return self.cleaned_data
        has_words = bool(self.cleaned_data["words"].strip())
        if has_words and self.cleaned_data["file"]:
            self.add_error("file", _("That would be two lists. Bring the one you pasted first, or empty its field."))
        elif not has_words and not self.cleaned_data["file"]:
            self.add_error("words", _("Paste addresses here, or choose a file."))
        return self.cleaned_data

    @property
    def brought(self):
        """The valid form's, for actions.bring_roster: content and name of the list, its key and the role."""
        file, words = self.cleaned_data["file"], self.cleaned_data["words"]
        content = file.read() if file else words.encode(errors="replace")
        name = file.name if file else ""
        return {"content": content, "name": name, "key": self.cleaned_data["key"], "role": self.cleaned_data["role"]}


class RosterReadingForm(forms.Form):
    """How a list is read: in what it is saved, what stands between cells, and which column holds what."""

    encoding = forms.ChoiceField(
        label=_("Saved as"), choices=[*RosterImport.UNICODE.items(), *RosterImport.CODEPAGES.items()]
    )
    delimiter = forms.ChoiceField(
        label=_("Between columns"),
        choices=[(DELIMITER_NAMES[delimiter], words) for delimiter, words in RosterImport.DELIMITERS.items()],
    )
    has_header = forms.BooleanField(label=_("The first line names the columns"), required=False)

    def __init__(self, *args, by, roster, **kwargs):
        super().__init__(*args, **kwargs)
        self.roster = roster
        self.initial = {
            "encoding": roster.encoding,
            "delimiter": DELIMITER_NAMES.get(roster.delimiter, "none"),
            "has_header": roster.has_header,
            "role_of_all": roster.role,
            **roster.columns,
        }
        numbered = enumerate(roster.titles, start=1)
        titles = [("", _("None")), *((n - 1, f"{n}. {title}" if title else str(n)) for n, title in numbered)]
        for column, label in COLUMN_LABELS.items():
            self.fields[column] = forms.ChoiceField(label=label, choices=titles, required=False)
        roles = roles_for(by, roster.community)
        self.fields["role_of_all"] = forms.ChoiceField(label=_("As, where the list says no role"), choices=roles)

    @property
    def reading(self):
        """The valid form's, for actions.read_roster. Where another delimiter makes other columns, they are guessed."""
        said = self.cleaned_data
        delimiter = DELIMITERS[said["delimiter"]]
        if not self.roster.is_table and delimiter == self.roster.delimiter:
            return Reading(said["encoding"])
        columns = {name: int(said[name]) for name in RosterImport.COLUMNS if said[name]}
        if delimiter != self.roster.delimiter:
            columns = {}
        return Reading(said["encoding"], delimiter, said["has_header"], columns)
