"""What comes in by mail is kept first; what becomes of it is for a worker."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from email.message import Message
from uuid import NAMESPACE_URL, UUID, uuid5

from anymail.inbound import AnymailInboundMessage
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from outbound.mailbox import Done, Mail, take_mail

from .. import tasks
from ..mail import incoming, read_message, text_in
from ..models import Delivery, MailAnswer
from .tracking import note_returned

ANSWERS_A_DAY = 200  # of one person
DAY = timedelta(days=1)
MAIL_BYTES_MAX = 10 * 1024 * 1024
logger = logging.getLogger(__name__)


def receive(message: Message, *, size_bytes: int, envelope_to: Iterable[str] = ()) -> bool:
    """Keep what somebody answered by mail; returns whether there is something to keep.

    What a mail server writes back about a mail of ours is acted on at once. Mail to none of the addresses that we gave
    away, and what programs write by themselves, is none. A mail that comes in again, on whatever way, is there once.
    """
    message = incoming.with_plain_headers(message)
    if note_returned(message):
        return True
    addressed = incoming.addressed_to(message, also=envelope_to)
    if addressed is None:
        return False
    why = incoming.why_automatic(message) or ("its Message-ID" if is_our_own(message) else "")
    person = User.objects.active().filter(pk=addressed.person_id).first()
    if person is None:
        why = "not active"
    elif not why and MailAnswer.objects.of(person.pk).since(timezone.now() - DAY).count() >= ANSWERS_A_DAY:
        why = "more than anybody writes in a day"
    if person is None or why:
        logger.info("A mail in answer to person %s was passed over: %s.", addressed.person_id, why)
        return False
    _answer, is_new = MailAnswer.objects.get_or_create(
        key=key_of(message, f"{person.pk}-{addressed.thread_id}"),
        defaults={
            "person": person,
            "thread_id": addressed.thread_id,
            "sender": incoming.sender(message)[:254],
            "text": text_in(message, MailAnswer.TEXT_MAX),
            "files_left_out": min(incoming.files_in(message), 1000),
            "is_too_large": size_bytes > MAIL_BYTES_MAX,
        },
    )
    if is_new:
        tasks.post_answers.delay_on_commit()
    return True


def key_of(message: Message, answered: str) -> UUID:
    """One for each mail and what it answers, however often and on whatever way it comes in."""
    name = incoming.value(message, "Message-ID")
    if not name:
        written = [incoming.value(message, "Date"), incoming.value(message, "From"), text_in(message, 10_000)]
        name = hashlib.sha256("\n".join(written).encode(errors="replace")).hexdigest()
    return uuid5(NAMESPACE_URL, f"{answered} {name}")


def is_our_own(message: Message) -> bool:
    return Delivery.objects.filter(message_id=incoming.value(message, "Message-ID")).exists()


def receive_raw(raw: bytes, *, size_bytes: int | None = None) -> bool:
    """As `receive`, for a mail as it goes over the wire, or the beginning of one of that size."""
    return receive(read_message(raw), size_bytes=len(raw) if size_bytes is None else size_bytes)


@transaction.atomic
def receive_handed_in(message: AnymailInboundMessage) -> bool:
    """As `receive`, for a mail that a mail service took in, as django-anymail reads it."""
    if message.envelope_sender == "":  # what the service says, not the mail itself
        incoming.with_plain_headers(message)["Return-Path"] = "<>"
    sent_to = [message.envelope_recipient] if message.envelope_recipient else []
    return receive(message, size_bytes=incoming.size_of(message), envelope_to=sent_to)


def read_mailbox() -> int:
    """Take what came into the mailbox at REPLY_MAILBOX; returns how many mails there were. Raises an OutboundError.

    Any number of these may run at once. What is kept here is deleted there; the rest stays, marked as seen.
    """
    if not (settings.REPLY_MAILBOX and settings.REPLY_ADDRESS):
        return 0

    def take(mail: Mail) -> Done:
        with transaction.atomic():
            is_kept = receive_raw(mail.raw, size_bytes=mail.size_bytes)
        return Done.TAKEN if is_kept else Done.KEPT

    return take_mail(settings.REPLY_MAILBOX, take, bytes_max=MAIL_BYTES_MAX)
