"""Mail after a backup was put back."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.actions import record_act
from community.models import AuditEntry

from ..models import Delivery, Event, MailHold, MailSettings
from .fanning import fan_out
from .inviting import mail_invitations
from .mornings import schedule_mornings
from .scheduling import schedule_digests

MAY_HAVE_GONE = "It was due before a backup was restored, so it may have gone out by then."
logger = logging.getLogger(__name__)


def hold_after_restore(*, made_at: datetime, has_sent: bool = True) -> None:
    """Hold all mail back until an L&D admin lets it go. Where this installation has sent mail since the backup was
    `made_at`, whatever was due until now counts as sent: it may have been, and nothing is sent twice."""
    with transaction.atomic():
        MailHold.objects.get_or_create(pk=1)
        if has_sent:
            make_what_is_due()
            let_go()
        record_act(by=None, act=AuditEntry.Act.RESTORED, details={"made_at": made_at.isoformat()})


def make_what_is_due() -> None:
    """The rows of all mail that comes of what has happened, or of the time that has passed."""
    for event_id in list(Event.objects.not_fanned_out().values_list("pk", flat=True)):
        try:
            fan_out(event_id)
        except Exception:
            logger.exception("Nobody heard of event %s; the next sweep tries again.", event_id)
    while mail_invitations():
        pass
    schedule_mornings()
    schedule_digests()


def let_go() -> None:
    """Take what waits for sent, and what digests would have told for told."""
    waiting = Delivery.objects.under_way()
    digests = waiting.of_kind(Delivery.Kind.DIGEST)
    for up_to in set(digests.exclude(up_to=None).values_list("up_to", flat=True)):
        people = digests.filter(up_to=up_to).values("person")
        MailSettings.objects.of_people(people).dealt_with(up_to)
    waiting.update(state=Delivery.State.DROPPED, error=MAY_HAVE_GONE, done_at=timezone.now())
