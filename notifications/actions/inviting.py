"""Mailing invitations: to people without an account, as long as they are open."""

import base64
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from community.actions import may_grant
from community.models import Invitation

from .. import tasks
from ..mail import compose
from ..models import Delivery
from .kinds import Letter, writes

TOGETHER = 500  # invitations in one transaction


@transaction.atomic
def mail_invitations() -> int:
    """Make the rows of the mails that invitations wait for, of up to TOGETHER; returns how many.

    Any number of these may run at once: each does others, and a mail asked for once is one row.
    """
    waiting = Invitation.objects.to_be_mailed()
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    found = list(waiting[:TOGETHER])
    rows = [
        Delivery(
            email=invitation.email,
            kind=Delivery.Kind.INVITATION,
            subject=f"invitation:{invitation.pk}",
            period=invitation.mail_due_at.isoformat(),
            message_id=Delivery.new_message_id(),
        )
        for invitation in found
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    Invitation.objects.with_ids([invitation.pk for invitation in found]).update(mail_due_at=None)
    if found:
        tasks.deliver.delay_on_commit()
    return len(found)


@writes(Delivery.Kind.INVITATION, together=20, is_essential=True)
def invitations(rows: list[Delivery]) -> dict[int, Letter]:
    """What is said to those whose invitations are open, by who may still give them that role."""
    by_id = {int(row.subject.partition(":")[2]): row for row in rows}
    letters = {}
    for invitation in Invitation.objects.open().with_ids(by_id).with_community():
        if may_grant(invitation.invited_by, invitation.community, invitation.role):
            row = by_id[invitation.pk]
            letters[row.pk] = Letter(message_of(invitation, row), on_sent=partial(note_sent, invitation.pk))
    return letters


def message_of(invitation: Invitation, row: Delivery) -> EmailMessage:
    """The mail with the link. Written anew it has the same link, and those of earlier mails are dead."""
    token = token_of(row)
    invitation.take_token(token)
    first, again = _("%(name)s invites you to %(community)s"), _("%(name)s still keeps you a place in %(community)s")
    about = {"name": invitation.invited_by.name, "community": invitation.community.title}
    return compose(
        to=invitation.email,
        subject=(again if invitation.reminders else first) % about,
        template="notifications/mail/invitation",
        context={
            "invitation": invitation,
            "community": invitation.community,
            "is_reminder": invitation.reminders > 0,
            "url": settings.SITE_URL + reverse("invitation", args=[token]),
        },
        message_id=row.message_id,
        sender=invitation.invited_by.name,
    )


def token_of(row: Delivery) -> str:
    """What nobody can guess, and the same whenever this row is written."""
    signed = salted_hmac("notifications.inviting", row.message_id, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(signed[:24]).decode()


def note_sent(invitation_id: int) -> None:
    Invitation.objects.filter(pk=invitation_id, sent_at=None).update(sent_at=timezone.now())
