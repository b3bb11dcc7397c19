"""Bringing the items of a collection into order."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Collection, CollectionItem


@transaction.atomic
def move_item(*, item: CollectionItem, person: User, step: int) -> bool:
    """Put an item before the one above it (`step` -1) or behind the one below it (1), of those that `person` sees: it
    may pass others. At the end nothing happens. Says whether it moved. Locks the collection's row.
    """
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=item.collection_id)
    seen = [shown.pk for shown in collection.items.shown_to(person)]
    order = list(collection.items.standing().in_order().values_list("pk", flat=True))
    if item.pk not in seen or not 0 <= seen.index(item.pk) + step < len(seen):
        return False
    other = seen[seen.index(item.pk) + step]
    order.remove(item.pk)
    order.insert(order.index(other) + (1 if step > 0 else 0), item.pk)
    for position, pk in enumerate(order, start=1):
        CollectionItem.objects.filter(pk=pk).exclude(position=position).update(position=position)
    return True


def remove_item(item: CollectionItem) -> None:
    """Take an item out; its words and its position are kept, so that this can be undone."""
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])


def restore_item(item: CollectionItem) -> None:
    item.removed_at = None
    item.save(update_fields=["removed_at"])
