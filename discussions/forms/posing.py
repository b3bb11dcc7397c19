from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Thread
from .anchor import Anchor, anchor_of
from .talking import BeginningForm


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
