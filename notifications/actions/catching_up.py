"""“I am caught up”: marking what a digest told of as read."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from accounts.models import User

from ..models import MailSettings, Notification
from ..models.batch import digests_for
from ..models.digest import Digest
from ..models.readers import Reader

Catcher = Callable[[User, list[int]], None]
catchers: dict[type[models.Model], Catcher] = {}


def notes_reading(model: type[models.Model]) -> Callable[[Catcher], Catcher]:
    """Let the decorated function note that somebody has read rows of `model`, by their ids."""

    def register(catcher: Catcher) -> Catcher:
        catchers[model] = catcher
        return catcher

    return register


def told_again(person: User, *, since: int, up_to: int) -> Digest:
    """What a digest about these events told `person`, as far as they may see it now and have not read it."""
    mailed = MailSettings.of(person).is_mailed_at_once
    return digests_for([Reader(person, since, up_to, minutes=0, is_mailed_at_once=mailed, is_again=True)])[0]


def still_unread(person: User, *, since: int, up_to: int) -> int:
    """How much of what a digest about these events told `person` they have not read: of a page or a shelf that only
    where a notification told them of it, too, since of others nobody notes who read them."""
    digest = told_again(person, since=since, up_to=up_to)
    kinds = {ContentType.objects.get_for_model(model).pk for model in catchers}
    mine = Notification.objects.of_people([person.pk]).of_event_ids(digest.events).unread()
    noted = set(mine.values_list("event", flat=True))
    return sum(kind in kinds or event in noted for event, (kind, _pk) in zip(digest.events, digest.keys, strict=True))


def catch_up_with_digest(person: User, *, since: int, up_to: int) -> int:
    """Mark what a digest about these events told as read; what happened since stays new. Returns how much that was. A
    second call does nothing. Whoever follows that link has opened a digest."""
    digest = told_again(person, since=since, up_to=up_to)
    ids: dict[int, list[int]] = {}
    for kind, pk in digest.keys:
        ids.setdefault(kind, []).append(pk)
    for model, catcher in catchers.items():
        if mine := ids.get(ContentType.objects.get_for_model(model).pk):
            catcher(person, mine)
    Notification.objects.of_people([person.pk]).of_event_ids(digest.events).note_read()
    MailSettings.objects.of(person).update(opened_at=timezone.now())
    return digest.count
