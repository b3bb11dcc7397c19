"""How things are done in a community."""

from typing import Any

from django.db import transaction

from accounts.models import User

from ..models import AuditEntry, Community
from .auditing import record_act


@transaction.atomic
def change_settings(*, community: Community, by: User, **said: Any) -> None:
    """Let the community's fields hold what is said, and the log what was changed. Its address stays. Locks its row."""
    now = Community.objects.select_for_update().get(pk=community.pk)
    changed = {name: [getattr(now, name), value] for name, value in said.items() if getattr(now, name) != value}
    if changed:
        Community.objects.numbered([community.pk]).update(**said)
        now.places.commons().update(title=said.get("title", now.title))
        record_act(by=by, act=AuditEntry.Act.SETTINGS, community=community, details=changed)
