"""Answers that come in by mail."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from markup import LIMITS, Profile
from notifications.actions import NotYet, Refused, takes_answers

from ..forms import ReplyForm
from ..models import Thread, threads_visible_to
from .pacing import TooFast
from .talking import ThreadClosed, reply


@takes_answers
def post_by_mail(*, person: User, thread_id: int, words: str, key: UUID) -> str:
    """Let `person` say `words` in the thread, or in the one that its posts were taken into, as if they had used its
    form; returns where they stand. Raises Refused, which tells nothing of a thread that they may not see (any more),
    and NotYet."""
    thread = Thread.objects.numbered(thread_id).first()
    home = thread and thread.lives_in.pk
    thread = Thread.objects.with_ids(threads_visible_to(person)).with_places().numbered(home).first()
    if thread is None:
        raise Refused(_("The conversation is not there any more, or not open to you."))
    form = ReplyForm({"body": words, "key": key})
    if not form.is_valid():
        raise Refused(why_unfit(form), thread.get_absolute_url())
    try:
        post = reply(author=person, thread=thread, body=form.cleaned_data["body"], key=key)
    except ThreadClosed as closed:
        raise Refused(why_closed(thread), thread.get_absolute_url()) from closed
    except TooFast as pause:
        raise NotYet(pause.retry_after_s) from pause
    return post.permanent_url


def why_unfit(form: ReplyForm) -> str:
    return _("It has %(length)s characters, and %(limit)s fit.") % {
        "length": len(form.data["body"]),
        "limit": LIMITS[Profile.POST],
    }


def why_closed(thread: Thread) -> str:
    if not thread.is_open:
        return _("The conversation has closed meanwhile.")
    return _("You can read there, but not write at the moment.")
