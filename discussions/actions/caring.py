"""Looking after conversations: flags, what guides decide about them, and taking that back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from community.actions import pause_writing
from community.models import Community, Membership, Place
from notifications.actions import record_event
from notifications.models import Event

from ..models import CareEntry, Flag, Post, Rights
from .moving import move_thread
from .removing import NotTheirs, bring_back, locked, take_away

Act = CareEntry.Act


class OwnWords(Exception):
    """Another guide decides about a guide's own words."""


class NotPossible(Exception):
    """That can't be done with this post any more; the message says why."""


@dataclass(frozen=True)
class Decision:
    """What a guide wants to be done. `place` is for MOVE, `minutes` for SLOW, `until` for PAUSE."""

    act: str
    reason: str = ""
    place: Place | None = None
    minutes: int = 0
    until: datetime | None = None


@transaction.atomic
def flag_post(*, by: User, post: Post, why: str, words: str = "") -> Flag:
    """Ask the guides for a look; they hear of it, the author does not. Raises NotTheirs.

    Once for a person and a post: a second call returns what the first one made.
    """
    if not Rights.at(post.thread.place, by).may_flag(post):
        raise NotTheirs(post)
    flag, made = Flag.objects.get_or_create(post=post, by=by, defaults={"why": why, "words": words})
    if made:
        record_event(Event.Verb.FLAGGED, actor=by, place=post.thread.place, target=flag)
    return flag


@transaction.atomic
def decide(*, by: User, post: Post, decision: Decision, at: datetime | None = None) -> CareEntry:
    """Do what a guide decided about a post, write it into the log, answer the post's open flags with it and tell its
    author, with the reason. `at` is when, for what is loaded as of long ago. Locks the thread row, then the post row.

    Raises NotTheirs, OwnWords, NotPossible and StaysHere.
    """
    post = locked(post)
    community = post.thread.place.community
    refuse_unless_theirs(by, post, community)
    DOES[decision.act](post, by, decision)
    about = {"community": community, "by": by, "post": post, "person": post.author}
    return noted(CareEntry(created_at=at or timezone.now(), **about, **vars(decision)))


@transaction.atomic
def undo_decision(*, by: User, entry: CareEntry, reason: str = "") -> CareEntry:
    """Take a decision back: a new entry of the log, of which its person hears. What has changed since otherwise
    stays. Raises NotTheirs, OwnWords, NotPossible and StaysHere. A second call returns the first's."""
    post = locked(entry.post)
    refuse_unless_theirs(by, post, entry.community)
    again = CareEntry.objects.filter(undoes=entry).first()
    if again:
        return again
    if not entry.may_be_undone:
        raise NotPossible(_("There is nothing to take back."))
    UNDOES[entry.act](post, by, entry)
    about = {"community": entry.community, "post": post, "person": entry.person}
    return noted(CareEntry(by=by, act=entry.act, reason=reason, undoes=entry, **about))


def refuse_unless_theirs(by: User, post: Post, community: Community) -> None:
    """Raises NotTheirs unless `by` guides the community, and OwnWords if they wrote the post and somebody else could
    decide."""
    guides = community.guide_roles()
    if not by.is_active or by.pk not in guides:
        raise NotTheirs(post)
    if is_for_others(post, by, guides):
        raise OwnWords(post)


def refuse_if_elsewhere(post: Post, entry: CareEntry) -> None:
    """Raises NotPossible when the conversation was taken to another community since: there others decide."""
    if post.thread.place.community_id != entry.community_id:
        raise NotPossible(_("The conversation stands in another community now."))


def is_for_others(post: Post, guide: User, guides: Mapping[int, str]) -> bool:
    """Whether a post is a guide's own, and there is another to decide about it."""
    return post.author_id == guide.pk and bool(guides.keys() - {guide.pk})


def noted(entry: CareEntry) -> CareEntry:
    """Write an entry, in the caller's transaction. The notice goes by the commons: its person may not see the place of
    the conversation any more."""
    entry.save(force_insert=True)
    if entry.undoes_id is None:
        Flag.objects.open().on(entry.post).update(decision=entry)
    commons = entry.community.places.commons().get()
    tells = bool(entry.audience()) and entry.person_id != entry.by_id
    record_event(Event.Verb.DECIDED, actor=entry.by, place=commons, target=entry, tells=tells)
    return entry


def leave(post: Post, by: User, decision: Any) -> None:
    """Nothing is done."""


def hide(post: Post, by: User, decision: Decision) -> None:
    if post.is_gone:
        raise NotPossible(_("The post is gone already."))
    take_away(post, by, hides=True)


def show(post: Post, by: User, entry: CareEntry) -> None:
    refuse_if_elsewhere(post, entry)
    if post.hidden_at:
        bring_back(post, by)


def move(post: Post, by: User, decision: Decision) -> None:
    assert decision.place
    move_thread(by=by, thread=post.thread, place=decision.place)


def move_back(post: Post, by: User, entry: CareEntry) -> None:
    if post.thread.place_id == entry.place_id and post.thread.moved_from:
        move_thread(by=by, thread=post.thread, place=post.thread.moved_from)


def close(post: Post, by: User, decision: Decision) -> None:
    if post.thread.closed_at:
        raise NotPossible(_("The conversation is closed already."))
    post.thread.closed_at, post.thread.closed_by = timezone.now(), by
    post.thread.save(update_fields=["closed_at", "closed_by"])
    record_event(Event.Verb.CLOSED, actor=by, place=post.thread.place, target=post.thread, tells=False)


def reopen(post: Post, by: User, entry: CareEntry) -> None:
    refuse_if_elsewhere(post, entry)
    post.thread.closed_at = post.thread.closed_by = None
    post.thread.save(update_fields=["closed_at", "closed_by"])
    record_event(Event.Verb.REOPENED, actor=by, place=post.thread.place, target=post.thread, tells=False)


def slow(post: Post, by: User, decision: Decision) -> None:
    post.thread.slow_minutes = decision.minutes
    post.thread.save(update_fields=["slow_minutes"])
    record_event(Event.Verb.CHANGED, actor=by, place=post.thread.place, target=post.thread, tells=False)


def unslow(post: Post, by: User, entry: CareEntry) -> None:
    refuse_if_elsewhere(post, entry)
    slow(post, by, Decision(Act.SLOW))


def pause(post: Post, by: User, decision: Decision) -> None:
    membership = membership_to_pause(post.thread.place.community, post.author)
    if membership is None:
        raise NotPossible(_("Its author is not in this community any more."))
    if membership.is_guide:
        raise NotPossible(_("Who looks after the others is not paused; a host can give them another role."))
    pause_writing(membership, until=decision.until, why=decision.reason)


def unpause(post: Post, by: User, entry: CareEntry) -> None:
    membership = membership_to_pause(entry.community, entry.person)
    if membership:
        pause_writing(membership, until=None)


def membership_to_pause(community: Community, person: User) -> Membership | None:
    """Theirs now, its row locked."""
    return community.memberships.select_for_update().of(person).first()


DOES: dict[str, Callable[[Post, User, Decision], None]] = {
    Act.KEEP: leave,
    Act.HIDE: hide,
    Act.WARN: leave,
    Act.MOVE: move,
    Act.CLOSE: close,
    Act.SLOW: slow,
    Act.PAUSE: pause,
}
UNDOES: dict[str, Callable[[Post, User, CareEntry], None]] = {
    Act.HIDE: show,
    Act.WARN: leave,
    Act.MOVE: move_back,
    Act.CLOSE: reopen,
    Act.SLOW: unslow,
    Act.PAUSE: unpause,
}
