"""When the people of the demo get their digests."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from notifications.models import MailSettings


def expect_digests(people: Iterable[User], now: datetime) -> None:
    """They had none so far: the next one tells what is new to them, however long ago it was said."""
    rows = [MailSettings(person=person, digested_up_to=0, opened_at=now) for person in people]
    for row in rows:
        row.plan(now)
    MailSettings.objects.bulk_create(rows)
