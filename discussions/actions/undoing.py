"""Taking back a split or a merge."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions import record_event, take_back_levels
from notifications.models import Event

from ..models import Post, Rights, Thread, Transfer
from .locking import lock_threads
from .merging import take_in
from .moving import StaysHere, rehome_thread
from .removing import NotTheirs, let_title_follow
from .splitting import give_answer, give_up_answer
from .taking import take_posts


@transaction.atomic
def undo_transfer(*, by: User, transfer: Transfer) -> Thread:
    """Take a split or a merge back; returns the conversation that has its posts again. A split's other thread goes
    back with all that was said in it since; of a merge only what came with it, and what was written since stays.

    Locks the rows of both threads. Raises NotTheirs unless `by` guides both ends, and StaysHere where the posts went on
    meanwhile. A second call changes nothing.
    """
    home = transfer.source.lives_in if transfer.is_split else transfer.source
    threads = lock_threads([home.pk, transfer.target_id])
    home, away = threads[home.pk], threads[transfer.target_id]
    transfer = Transfer.objects.select_related("opening", "accepted_post").get(pk=transfer.pk)
    if not all(Rights.at(end.place, by).may_arrange for end in threads.values()):
        raise NotTheirs(transfer)
    if transfer.undone_at:
        return home
    ids = ids_to_return(transfer, home, away)
    if transfer.is_split:
        take_in(away, home, at=timezone.now())
    else:
        let_go(home, away, ids, transfer)
    answer = transfer.accepted_post
    if answer and answer.pk in ids and not answer.is_gone and home.is_open_question:
        give_answer(home, transfer)
    transfer.undone_by, transfer.undone_at = by, timezone.now()
    transfer.save(update_fields=["undone_by", "undone_at"])
    verb = Event.Verb.MERGED if transfer.is_split else Event.Verb.SPLIT
    for thread in (home, away):
        target = thread if thread.merged_into_id is None else thread.place
        record_event(verb, actor=by, place=thread.place, target=target, tells=False)
    return home


def ids_to_return(transfer: Transfer, home: Thread, away: Thread) -> set[int]:
    """Those of its posts that still stand where it took them. Raises StaysHere if they don't, or can't go back."""
    if transfer.is_split:
        is_open = away.merged_into_id is None and home.merged_into_id is None and home.pk != away.pk
        posts = away.posts.all()
    else:
        is_open = home.merged_into_id == away.pk
        posts = away.posts.filter(transfers=transfer)
    ids = set(posts.values_list("pk", flat=True))
    if transfer.is_split and away.why_its_summary_stays:
        raise StaysHere(away.why_its_summary_stays)
    if not (is_open and ids):
        raise StaysHere(_("Its posts went on from there meanwhile. Take that back first."))
    return ids


def let_go(thread: Thread, out_of: Thread, ids: set[int], transfer: Transfer) -> None:
    """Let an emptied thread stand again with the posts that it brought. The caller holds both locks."""
    if out_of.accepted_post_id in ids:
        give_up_answer(out_of)
    take_posts(ids, out_of, thread)
    take_back_levels(out_of, at=transfer.at)
    thread.merged_into = None
    thread.save(update_fields=["merged_into"])
    if thread.place_id != out_of.place_id:
        rehome_thread(thread, thread.place)
    if thread.is_in_text:
        return
    back = Post.objects.with_ids(ids).in_order()
    found(thread, back.numbered(transfer.opening_id).first() or back.standing().first() or back[0])


def found(thread: Thread, opening: Post) -> None:
    """Let `thread` begin with `opening`. Its title is gone while its beginning is."""
    thread.created_by, thread.key = opening.author, opening.key
    thread.save(update_fields=["created_by", "key"])
    opening.thread = thread
    let_title_follow(opening)
    thread.save(update_fields=["title", "removed_title"])
