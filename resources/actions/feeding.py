"""Letting a feed reader in, and out again."""

from django.db import transaction

from accounts.models import User

from ..models import Collection, FeedAddress


@transaction.atomic
def renew_feed(*, collection: Collection, person: User) -> str:
    """A token by which a feed reader sees it as `person` does; the one before stops working. Told this once."""
    address, _made = FeedAddress.objects.get_or_create(collection=collection, person=person)
    return FeedAddress.objects.select_for_update().get(pk=address.pk).renew_token()


def end_feed(*, collection: Collection, person: User) -> None:
    """Let no feed reader in any more."""
    FeedAddress.objects.of(collection, person).delete()
