"""Putting a community away for reading only, and bringing it back."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import AuditEntry, Community
from .auditing import record_act


@transaction.atomic
def archive(*, community: Community, by: User | None) -> bool:
    """Let its people read on and nobody write; nobody finds it or joins. Says whether that is new. `by` is None for
    what happens by itself, when the last one has left."""
    put_away = {"archived_at": timezone.now(), "archived_by": by}
    if not Community.objects.running().filter(pk=community.pk).update(**put_away):
        return False
    record_act(by=by, act=AuditEntry.Act.ARCHIVED, community=community)
    return True


@transaction.atomic
def bring_back(*, community: Community, by: User) -> bool:
    """Let it go on where it stopped. Says whether that is new."""
    if not Community.objects.archived().filter(pk=community.pk).update(archived_at=None, archived_by=None):
        return False
    record_act(by=by, act=AuditEntry.Act.BROUGHT_BACK, community=community)
    return True
