"""Mail of the demo that did not arrive."""

from datetime import datetime, timedelta

from accounts.models import User
from notifications.actions import note_unreachable
from notifications.models import Delivery, MailSettings

GONE = "550 5.1.1 There is no such mailbox here."


def let_mail_come_back(person: User, now: datetime) -> None:
    """Their address took no mail two days ago; a digest for them failed on the way."""
    note_unreachable(email=person.email, cause=MailSettings.Cause.BOUNCED, why=GONE)
    then = now - timedelta(days=2)
    MailSettings.objects.of(person).update(unreachable_at=then)
    Delivery.objects.create(
        person=person,
        kind=Delivery.Kind.DIGEST,
        period=f"{then:%Y-%m-%d}",
        message_id=Delivery.new_message_id(),
        state=Delivery.State.FAILED,
        attempts=1,
        error=f"Came back: {GONE}",
        due_at=then,
        created_at=then,
        done_at=then,
    )
