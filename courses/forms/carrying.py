"""What goes to a later cohort."""

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.forms import post_id


class CarryForm(forms.Form):
    """Which of the conversations `threads` and of `things` go to which of `communities`."""

    to = forms.CharField(required=False)

    def __init__(self, *args, threads, things, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.known_threads = {thread.pk: thread for thread in threads}
        self.known_things = {thing.form_key: thing for thing in things}
        self.communities = {community.pk: community for community in communities}

    @property
    def ids(self):
        """Ids of the conversations that are ticked."""
        return {post_id(number) for number in self.ticked("threads")}

    @property
    def keys(self):
        """Those of the things that are ticked."""
        return set(self.ticked("things"))

    def ticked(self, name):
        return self.data.getlist(name) if self.is_bound else []  # type: ignore[attr-defined]

    @property
    def threads(self):
        return [thread for pk, thread in self.known_threads.items() if pk in self.ids]

    @property
    def things(self):
        return [thing for key, thing in self.known_things.items() if key in self.keys]

    @property
    def chosen(self):
        """Id of the community that is chosen, or None."""
        return post_id(self["to"].value() or "")

    @property
    def target(self):
        return self.communities[self.chosen]

    def clean(self):
        if not self.threads and not self.things:
            self.add_error(None, _("Tick what shall go."))
        if self.chosen not in self.communities:
            self.add_error(None, _("Choose to whom it shall go."))
        return self.cleaned_data
