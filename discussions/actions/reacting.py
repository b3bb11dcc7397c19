"""Leaving one of three words on a post."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from notifications.actions import record_event
from notifications.models import Event

from ..models import Post, Reaction
from .removing import NotTheirs, locked


@transaction.atomic
def react(*, person: User, post: Post, word: str) -> bool:
    """Leave `word` on `post`. Locks the thread row, then the post row. Raises NotTheirs. Says whether it was not there
    yet."""
    post = locked(post)
    if not post.may_get_from(person, word):
        raise NotTheirs(post)
    _reaction, made = Reaction.objects.get_or_create(post=post, person=person, word=word)
    if made:
        count(post, word, 1, by=person)
    return made


@transaction.atomic
def take_back(*, person: User, post: Post, word: str) -> bool:
    """Take `word` back. Locks the thread row, then the post row. Raises NotTheirs. Says whether it was there."""
    post = locked(post)
    if not post.may_get_from(person, word):
        raise NotTheirs(post)
    taken, _rows = post.reactions.by(person).saying(word).delete()
    if taken:
        count(post, word, -1, by=person)
    return bool(taken)


def count(post: Post, word: str, more: int, *, by: User) -> None:
    """Counted on the post, in the transaction that holds its lock. Nobody is notified; open pages follow."""
    field = f"{word}_count"
    Post.objects.filter(pk=post.pk).update(**{field: F(field) + more})
    record_event(Event.Verb.REACTED, actor=by, place=post.thread.place, target=post, tells=False)
