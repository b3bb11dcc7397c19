from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .talking import BeginningForm


class MomentField(forms.DateTimeField):
    """A day and a time on the clock of whoever fills it in."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        super().__init__(required=kwargs.pop("required", False), **kwargs)


class TermsForm(forms.Form):
    """On what terms a prompt is answered. When it opens is asked until it has."""

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

    def __init__(self, *args, thread, **kwargs):
        kwargs["initial"] = {name: getattr(thread, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if not thread.is_waiting:
            del self.fields["opens_at"]

    def clean(self):
        return in_order(self)

    @property
    def terms(self):
        """The valid form's words as fields of Terms."""
        return self.cleaned_data


class PosingForm(BeginningForm):
    """What guides ask or tell everybody. `wording` is what the page says: its title, what it is for (with the place and
    the community that the form is about), what the words answer to, and what sends them."""

    wording: tuple[Any, Any, Any, Any]
    terms: Any = {}
    asked_terms: Any = ()  # the fields that ask for terms, for the page

    @property
    def says(self):
        title, lead, label, submit = self.wording
        lead = lead % {"place": self.place.title, "community": self.place.community.title}
        return {"title": title, "lead": lead, "label": label, "submit": submit}


class AnnouncementForm(PosingForm):
    """What everybody of a community is told at once."""

    wording = (
        _("Write to everybody"),
        _("An announcement to %(community)s. Everybody there hears of it, and can answer it in the conversation."),
        _("What do you want to tell them?"),
        _("Announce it"),
    )


class LibraryForm(PosingForm):
    """A prompt to be asked later."""

    wording = (
        _("Write a prompt for later"),
        _("It waits in the library of %(community)s, for every facilitator there to ask it."),
        _("What do you ask?"),
        _("Keep it"),
    )

    answer_first, is_anonymous = (TermsForm.base_fields[name] for name in ("answer_first", "is_anonymous"))

    @property
    def words(self):
        """The valid form's, for actions.write_prompt."""
        names = ("title", "body", "answer_first", "is_anonymous", "key", "slot")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def asked_terms(self):
        return [self["answer_first"], self["is_anonymous"]]


class PromptForm(PosingForm):
    """What guides ask everybody, and the terms on which."""

    wording = (
        _("Ask a prompt"),
        _("About %(place)s. Everybody who can read it hears of it."),
        _("What do you ask?"),
        _("Ask it"),
    )
    term_names = ("answer_first", "is_anonymous", "opens_at", "closes_at")

    answer_first, is_anonymous, opens_at, closes_at = (TermsForm.base_fields[name] for name in term_names)

    def clean(self):
        super().clean()
        return in_order(self)

    @property
    def terms(self):
        """The valid form's words as fields of Terms."""
        return {name: self.cleaned_data[name] for name in self.term_names}

    @property
    def asked_terms(self):
        return [self[name] for name in self.term_names]


def in_order(form):
    """What ends does so after it has begun. A closing date that has passed may be given again; it stays closed."""
    begins, ends = form.cleaned_data.get("opens_at"), form.cleaned_data.get("closes_at")
    if ends and begins and ends <= begins:
        form.add_error("closes_at", _("That is before it begins."))
    return form.cleaned_data
