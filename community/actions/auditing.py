"""Writing down administrative acts."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User

from ..models import AuditEntry, Community


def record_act(
    *,
    by: User | None,
    act: AuditEntry.Act,
    community: Community | None = None,
    about: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """One entry in the log, in the transaction of the act. `about` is cut to what the log holds; `details` is JSON."""
    words = about if len(about) <= AuditEntry.ABOUT_MAX else f"{about[: AuditEntry.ABOUT_MAX - 1]}…"
    return AuditEntry.objects.create(by=by, act=act, community=community, about=words, details=dict(details or {}))
