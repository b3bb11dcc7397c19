"""Sending what is due: claim, write, send, mark. See docs/adr/0019."""

import logging
import time
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from ..models import Delivery, MailSettings
from .kinds import Kind, Letter, kinds

LEASE = timedelta(seconds=45)  # longer than any one sending; renewed with each
FRESH_S = 5.0  # what was written longer ago is written anew, so that it says what is so now
ATTEMPTS_MAX = 8
BACKOFF = timedelta(seconds=10)  # after the first failure, doubled after each
logger = logging.getLogger(__name__)


def deliver(budget_s: float = 45.0) -> int:
    """Send what is due, for up to `budget_s` seconds; returns how many were sent.

    Any number of these may run at once. One that dies has sent at most one delivery that it did not mark; that one goes
    out again, with the same Message-ID, once its lease is over.
    """
    until, sent = time.monotonic() + budget_s, 0
    for name, kind in kinds.items():
        while time.monotonic() < until:
            claim = Delivery.objects.of_kind(name).claim(kind.together, lease=LEASE)
            rows = list(Delivery.objects.claimed_by(claim).with_people().order_by("due_at", "pk"))
            if not rows:
                break
            sent += send_all(kind, rows)
    return sent


def send_all(kind: Kind, rows: list[Delivery]) -> int:
    """Write and send these claimed rows; returns how many went out."""
    started, sent = time.monotonic(), 0
    try:
        letters = kind.write([row for row in rows if may_go(kind, row)])
    except Exception as error:
        logger.exception("Nothing could be written of %s deliveries.", rows[0].kind)
        for row in rows:
            fail(row, error)
        return 0
    mail = get_connection()
    try:
        for row in rows:
            if row.pk not in letters:
                mark(row, Delivery.State.DROPPED)
            elif time.monotonic() - started > FRESH_S:
                give_back(row, timedelta(0))
            else:
                sent += send_one(kind, mail, row, letters[row.pk])
    finally:
        mail.close()
    return sent


def may_go(kind: Kind, row: Delivery) -> bool:
    """Whether anything of this kind may reach this person now."""
    if row.person is None:
        return True
    is_wanted = kind.is_essential or MailSettings.of(row.person).may_be_mailed
    return row.person.is_active and is_wanted


def send_one(kind: Kind, mail: BaseEmailBackend, row: Delivery, letter: Letter) -> bool:
    try:
        if kind.send:
            kind.send(letter)
        else:
            mail.open()
            mail.send_messages([letter.message])
    except OSError as error:  # every fault of SMTP is one, too
        mail.close()
        fail(row, error)
        return False
    mark(row, Delivery.State.SENT, letter)
    return True


@transaction.atomic
def mark(row: Delivery, state: Delivery.State, letter: Letter | None = None) -> None:
    """Note that a row is done, and what its letter says is to be noted then."""
    row.state, row.done_at, row.error = state, timezone.now(), ""
    row.save(update_fields=["state", "done_at", "error"])
    if letter:
        letter.on_sent()


def fail(row: Delivery, error: Exception) -> None:
    """Try a row again later, or never again."""
    row.error = f"{type(error).__name__}: {error}"[:300]
    if row.attempts < ATTEMPTS_MAX:
        give_back(row, BACKOFF * 2 ** (row.attempts - 1))
        return
    row.state, row.done_at = Delivery.State.FAILED, timezone.now()
    row.save(update_fields=["state", "done_at", "error"])


@transaction.atomic
def give_back(row: Delivery, wait: timedelta) -> None:
    """Let a claimed row wait again; a newer one about the same, which came meanwhile, is taken in."""
    Delivery.objects.waiting_beside(row).delete()
    row.state, row.claim, row.claimed_until = Delivery.State.WAITING, None, None
    row.due_at = timezone.now() + wait
    row.save(update_fields=["state", "claim", "claimed_until", "due_at", "error"])
