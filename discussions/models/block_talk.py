from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from .carrying import CarriedThread
from .thread import Thread

DISCUSS = {
    "paragraph": _("Discuss this paragraph"),
    "heading": _("Discuss this heading"),
    "item": _("Discuss this list item"),
    "figure": _("Discuss this picture"),
    "code": _("Discuss this code"),
    "table": _("Discuss this table"),
    "prompt": _("Discuss this prompt"),
}


@dataclass
class BlockTalk:
    """What people say about one block of a text, as a page shows it."""

    id: str
    kind: str = ""  # of the block, as markup names it
    threads: list[Thread] = field(default_factory=list)
    post_count: int = 0
    new_count: int = 0
    is_open: bool = False
    started: int | None = None  # id of the thread that its reader has just begun: they go on there
    form: object = None  # to start another thread with, when it is asked for
    earlier: list[CarriedThread] = field(default_factory=list)  # of earlier cohorts

    @property
    def name(self):
        """What the control at the block is called."""
        return DISCUSS.get(self.kind, _("Discuss this part"))

    @property
    def prompt(self):
        """The thread of the answers, when the block is a prompt of the text."""
        return next((thread for thread in self.threads if thread.is_in_text), None)

    @property
    def conversations(self):
        return [thread for thread in self.threads if not thread.is_in_text]

    @property
    def unshown(self):
        """Posts in threads that the page left out."""
        return self.post_count - sum(thread.post_count for thread in self.threads)
