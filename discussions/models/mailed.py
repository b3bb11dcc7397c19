"""What a mail says of a post, asked for each of its readers when it goes out."""

from typing import Any

from django.apps import apps

from notifications.models import Notification


class MailedPost:
    """Of a post: whether it is still for somebody to hear of, and its words for them."""

    def still_concerns(self: Any, person: Any, reason: str) -> bool:
        """Whether `person` is to hear of it now, as they were when it was told. Who may see its place is not asked."""
        if self.is_gone or self.thread.is_waiting:
            return False
        return reason != Notification.Reason.MENTION or person in self.mentioned.all()

    def html_for(self: Any, person: Any) -> str:
        """Its words; none where its page asks `person` to answer before they read what others did."""
        thread = self.thread
        if thread.answer_first and not self.asks_everybody:
            asking = apps.get_model("discussions", "Thread").objects.asking_first(person)
            if asking.numbered(thread.pk).exists():
                return ""
        return self.html

    @property
    def quoted(self: Any) -> str:
        """The words of the text that it is about."""
        return self.thread.quote
