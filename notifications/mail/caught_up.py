"""The link of a digest by which its reader says that they are caught up, signed out too.

What it holds is signed for this purpose alone: whose digest it was and which events it dealt with. It marks nothing
but those as read, and nothing by being opened.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from accounts.models import User

SIGNER = TimestampSigner(sep=".", salt="weft.caught-up")
HOLDS_DAYS = 90


@dataclass(frozen=True)
class CaughtUp:
    """Who says so, of the events after `since` and up to `up_to`."""

    person: User
    since: int
    up_to: int

    @classmethod
    def read(cls, token: str) -> "CaughtUp | None":
        """What `token` says; None for one that is not ours, or too old, or whose person is gone or deactivated."""
        try:
            person, since, up_to = map(int, SIGNER.unsign(token, max_age=HOLDS_DAYS * 86_400).split("-"))
        except (BadSignature, ValueError):
            return None
        found = User.objects.active().select_related("mail_settings").filter(pk=person).first()
        return cls(found, since, up_to) if found else None


def caught_up_url(person: User, *, since: int, up_to: int) -> str:
    token = SIGNER.sign(f"{person.pk}-{since}-{up_to}")
    return settings.SITE_URL + reverse("caught_up", args=[token])
