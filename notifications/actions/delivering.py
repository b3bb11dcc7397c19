"""Sending what is due: claim, write, send, mark. See docs/adr/0019."""

import logging
import time
from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from outbound.mail import Line, NoLine

from ..models import Delivery, MailHold, MailSettings
from .kinds import kinds
from .leasing import Lease
from .sending import Batch, ServerAway

TOO_OLD = timedelta(days=5)  # when the mail server is away for so long
KEPT = timedelta(days=90)  # what is done; a period comes once, and is long over by then
DIED = "Whatever sent this ended before it was done, again and again."
URGENCY = list(Delivery.Kind)
logger = logging.getLogger(__name__)


def deliver(budget_s: float = 45.0) -> int:
    """Send what is due, for up to `budget_s` seconds; returns how many were sent.

    Any number of these may run at once. One that dies has sent at most one delivery that it did not mark; that one goes
    out again, with the same Message-ID, once its lease is over.
    """
    if MailHold.objects.exists():
        return 0
    killers = Delivery.objects.killers()
    killers.update(state=Delivery.State.FAILED, error=DIED, done_at=timezone.now())
    return Round(budget_s).run()


def forget_deliveries() -> int:
    """Forget what was done long ago; what digests told stays known."""
    MailSettings.objects.take_over_told()
    return Delivery.objects.done_before(timezone.now() - KEPT).delete()[0]


class Round:
    """One run of `deliver`. Kinds take turns, batch by batch, so that one that is slow to write or to send holds up no
    other: first those that nobody else is sending, then those that took the least time so far."""

    def __init__(self, budget_s: float) -> None:
        self.until = time.monotonic() + budget_s
        self.line = Line()
        self.done_with: set[str] = set()
        self.took: dict[str, float] = defaultdict(float)  # seconds
        self.sizes: dict[str, int] = defaultdict(lambda: 1_000)

    def run(self) -> int:
        sent = 0
        try:
            while time.monotonic() < self.until and (name := self.next_kind()):
                begun = time.monotonic()
                sent += self.send_some(name)
                self.took[name] += time.monotonic() - begun
        finally:
            self.line.close()
        return sent

    def next_kind(self) -> str | None:
        due = Delivery.objects.due().kinds() & kinds.keys() - self.done_with
        if len(due) < 2:
            return next(iter(due), None)
        elsewhere = Delivery.objects.being_sent().kinds()
        return min(due, key=lambda name: (name in elsewhere, self.took[name], URGENCY.index(name)))

    def send_some(self, name: str) -> int:
        """Claim, write and send a batch of this kind; returns how many went out."""
        kind = kinds[name]
        if kind.send is None and not self.has_line():
            return 0
        claim = Delivery.objects.of_kind(name).claim(min(kind.together, self.sizes[name]))
        rows = list(Delivery.objects.claimed_by(claim).with_people().order_by("due_at", "pk"))
        if not rows:
            self.done_with.add(name)
            return 0
        with Lease(claim) as lease:
            batch = Batch(kind, claim, rows, lease, self.line)
            try:
                batch.run()
            except ServerAway as away:
                self.give_up_on_mail(str(away))
        self.sizes[name] = max(1, batch.sent) if batch.was_late else len(rows) * 2
        return batch.sent

    def has_line(self) -> bool:
        """Whether the mail server is there; nothing is claimed nor written for one that is not."""
        try:
            self.line.open()
        except NoLine as away:
            self.give_up_on_mail(str(away))
            return False
        return True

    def give_up_on_mail(self, why: str) -> None:
        """Leave mail to a later run, and what has waited too long for good."""
        logger.warning("The mail server takes no mail now: %s", why)
        mail = {name for name, kind in kinds.items() if kind.send is None}
        self.done_with |= mail
        too_old = Delivery.objects.overdue(TOO_OLD).filter(kind__in=mail)
        too_old.update(state=Delivery.State.FAILED, error=why, done_at=timezone.now())
