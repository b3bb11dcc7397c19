"""When somebody was last here: the day, for those who let it be noted, so that their guides can say hello."""

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User

from ..models import Membership

NOTED_S = 24 * 3600


def note_visit(person: User, slug: str) -> None:
    """Note today as the day on which `person` was last in the community `slug`, if they are in it: the one thing that
    opening a page writes, once a day. Of who doesn't want their reading to be counted nothing is noted."""
    if not person.is_reading_counted:
        return
    today = timezone.now().date()
    key = f"visit:{person.pk}:{slug}"
    if cache.get(key) == today:
        return
    Membership.objects.of(person).of_slug(slug).seen_before(today).update(seen_on=today)
    cache.set(key, today, NOTED_S)


def note_greeted(membership: Membership, *, by: User) -> None:
    """Note that a guide wrote to somebody who was away, so that no other guide does, too. The first who did stays."""
    Membership.objects.current().not_greeted().filter(pk=membership.pk).update(greeted_at=timezone.now(), greeted_by=by)


def forget_greeted(membership: Membership) -> None:
    """Take it back."""
    Membership.objects.filter(pk=membership.pk).update(greeted_at=None, greeted_by=None)


def forget_visits(person: User) -> None:
    Membership.objects.filter(user=person).exclude(seen_on=None).update(seen_on=None)


def count_visits(person: User) -> None:
    """Begin to note them again: they are here now."""
    Membership.objects.of(person).update(seen_on=timezone.now().date())
