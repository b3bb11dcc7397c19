"""Writing on top of a conversation what it came to. Every save is a revision."""

from django.db import transaction

from accounts.models import User
from community.actions import discard_draft, render_at
from markup import Profile, Rendered
from notifications.actions import record_event
from notifications.models import Event

from ..models import Rights, Summary, SummaryRevision, Thread
from .locking import lock_thread
from .removing import NotTheirs


@transaction.atomic
def distil(*, by: User, thread: Thread, body: str, version: int, note: str = "", slot: str = "") -> Summary:
    """Save `body` as the summary of `thread` on top of `version`, 0 for its first; who takes part hears of the first.
    Without words the summary is taken away, and its versions stay.

    Locks the thread row. Raises NotTheirs, TooLong, and EditConflict when the summary is at another version by now.
    Saving the same words again makes no revision, so a double click makes one. The
    writer's draft in `slot` is done with.
    """
    discard_draft(person=by, slot=slot)
    thread = lock_thread(thread.pk)
    if not Rights.at(thread.place, by).may_distil(thread):
        raise NotTheirs(thread)
    found = Summary.objects.of_threads([thread]).first()
    summary = found or Summary(thread=thread, version=0, author_count=0)
    summary.thread = thread
    if found and summary.source == body:
        return summary
    summary.refuse_stale(version)
    return save_summary(summary, by=by, body=body, note=note)


def save_summary(summary: Summary, *, by: User, body: str, note: str) -> Summary:
    """Write summary and revision; the caller holds the transaction and the thread's lock."""
    thread = summary.thread
    summary.credit(by)
    summary.put(body, rendered_summary(summary, body), author=by)
    summary.note_cited()
    summary.save(update_fields=[*Summary.PUT_FIELDS, "helped_by", "cited"] if summary.pk else None)
    revision = SummaryRevision.objects.create(
        summary=summary, number=summary.version, source=body, note=note, author=by
    )
    thread.note_distilled(has_words=bool(body))
    thread.save(update_fields=["distilled_at"])
    is_first = summary.version == 1
    record_event(Event.Verb.DISTILLED, actor=by, place=thread.place, target=revision, tells=is_first)
    return summary


def rendered_summary(summary: Summary, body: str) -> Rendered:
    return render_at(summary.thread.place, body, Profile.POST, key=f"s{summary.thread_id}")[0]
