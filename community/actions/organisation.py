"""Setting up the site for an organisation."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.models.organisation import LOOK_KEY

from ..models import AuditEntry
from .auditing import record_act

FIELDS = ("name", "colour", "sign_up", "founding", "domains", "time_zone")


class SettingsConflict(Exception):
    """Somebody changed the settings meanwhile; the first argument is how they stand now."""


@transaction.atomic
def change_organisation(
    *, by: User, version: int, fields: Mapping[str, Any], logo: bytes | None = None, without_logo: bool = False
) -> Organisation:
    """Set `fields`, those of FIELDS that are named, on top of `version`; `logo` is a WebP. Raises SettingsConflict.
    Locks the row. What changed, from what and to what, goes into the log."""
    Organisation.objects.get_or_create(pk=1)
    organisation = Organisation.objects.select_for_update().get(pk=1)
    if organisation.version != version:
        raise SettingsConflict(organisation)
    changed = {name: [getattr(organisation, name), value] for name, value in fields.items() if name in FIELDS}
    changed = {name: [was, value] for name, (was, value) in changed.items() if was != value}
    for name, (_was, value) in changed.items():
        setattr(organisation, name, value)
    if logo or (without_logo and organisation.logo):
        changed["logo"] = [bool(organisation.logo), bool(logo)]
        change_logo(organisation, logo)
    if changed:
        organisation.version, organisation.changed_at = organisation.version + 1, timezone.now()
        organisation.save(update_fields=[*FIELDS, "logo", "version", "changed_at"])
        record_act(by=by, act=AuditEntry.Act.ORGANISATION, about=", ".join(changed), details=changed)
        transaction.on_commit(lambda: cache.delete(LOOK_KEY))
    return organisation


def change_logo(organisation: Organisation, logo: bytes | None) -> None:
    """Show this logo from now on, or none; the old file goes after the commit."""
    old = organisation.logo.name
    if logo:
        name = f"{hashlib.sha256(logo).hexdigest()[:32]}.webp"
        organisation.logo.save(name, ContentFile(logo), save=False)
    else:
        organisation.logo = ""
    if old and old != organisation.logo.name:
        transaction.on_commit(lambda: organisation.logo.storage.delete(old))
