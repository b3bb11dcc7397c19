"""Writing the letters of a batch, and sending them one by one."""

import logging
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, Error, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from outbound.mail import Failure, Line, NoLine, failure_of

from ..models import Delivery, MailSettings
from .kinds import Kind, Letter, nothing
from .leasing import Lease
from .reaching import note_unreachable

FRESH_S = 8.0  # what was written longer ago is written anew, so that it says what is so now
BACKOFF_S = (10, 20, 60, 300, 900, 3_600, 10_800, 21_600, 43_200)  # after each failure; after one more it is over
PATIENCE_S = 30.0  # with a database that is away just when something was sent
logger = logging.getLogger(__name__)


class ServerAway(Exception):
    """The mail server takes no mail now, whichever."""


class Batch:
    """What one claim holds. `sent` counts what went out; `was_late` when something was given back since it took too
    long."""

    def __init__(self, kind: Kind, claim: UUID, rows: list[Delivery], lease: Lease, line: Line) -> None:
        self.kind, self.rows, self.lease, self.line = kind, rows, lease, line
        self.claimed = Delivery.objects.claimed_by(claim)
        self.sent, self.was_late = 0, False

    def run(self) -> None:
        """Raises ServerAway, and what the database raises; then what is left is claimed again by whoever comes next."""
        begun = time.monotonic()
        letters = self.write()
        self.drop([row.pk for row in self.rows if row.pk not in letters])
        going = [row for row in self.rows if row.pk in letters]
        for number, row in enumerate(going):
            self.was_late = time.monotonic() - begun > FRESH_S and number > 0
            if self.was_late or not self.lease.is_safe():
                return self.give_back(going[number:])
            try:
                self.send(row, letters[row.pk])
            except ServerAway:
                self.give_back(going[number:])
                raise
        return None

    # --- Writing ------------------------------------------------------------------------------------------------

    def write(self) -> dict[int, Letter]:
        """The letters by the ids of their rows. Where writing fails, each is written alone, so that one that can't be
        written holds up no other."""
        going = [row for row in self.rows if may_go(self.kind, row)]
        try:
            return self.kind.write(going)
        except Exception as error:
            if is_database_away(error):
                raise
            logger.exception("%s deliveries of the kind %s can't be written together.", len(going), self.rows[0].kind)
        return {pk: letter for row in going for pk, letter in self.write_alone(row).items()}

    def write_alone(self, row: Delivery) -> dict[int, Letter]:
        try:
            return self.kind.write([row])
        except Exception as error:
            if is_database_away(error):
                raise
            self.fail(row, Failure(f"It can't be written: {type(error).__name__}: {error}"))
            return {}

    # --- Sending ------------------------------------------------------------------------------------------------

    def send(self, row: Delivery, letter: Letter) -> None:
        """Send it and mark it. Raises ServerAway."""
        try:
            if self.kind.send:
                self.kind.send(letter)
            else:
                self.line.send(letter.message)
        except Exception as error:  # whatever a mail backend raises
            failure = failure_of(error)
            if failure.is_of_server:
                if not isinstance(error, NoLine):  # it may be this one after all: let others go first
                    self.fail(row, failure)
                raise ServerAway(failure.why) from error
            self.fail(row, failure)
        else:
            self.mark(row, letter)
            self.sent += 1

    # --- Marking ------------------------------------------------------------------------------------------------

    def mark(self, row: Delivery, letter: Letter) -> None:
        """Mark it as sent, even where what its letter wants to note can't be noted: else it would be sent again."""
        try:
            surely(lambda: mark_sent(row, letter.on_sent))
        except Exception as error:
            if is_database_away(error):
                raise
            logger.exception("Delivery %s was sent, but not all could be noted.", row.pk)
            surely(lambda: mark_sent(row))

    def drop(self, ids: Collection[int]) -> None:
        """Note that there is nothing to say."""
        if ids:
            self.claimed.with_ids(ids).update(state=Delivery.State.DROPPED, done_at=timezone.now(), error="")

    def fail(self, row: Delivery, failure: Failure) -> None:
        """Try a row again later, or never again."""
        row.failures += 1
        mine, values = self.claimed.with_ids([row.pk]), {"failures": row.failures, "error": failure.why[:300]}
        if failure.is_permanent or row.failures > len(BACKOFF_S):
            logger.warning("Delivery %s has failed for good: %s", row.pk, failure.why)
            mine.update(state=Delivery.State.FAILED, done_at=timezone.now(), **values)
            if failure.is_of_address:
                switch_off(row, failure.why)
            return
        wait = timedelta(seconds=BACKOFF_S[row.failures - 1])
        surely(lambda: self.let_wait([row.pk], due_at=timezone.now() + wait, **values))

    def give_back(self, rows: list[Delivery]) -> None:
        """Let these wait again as if nobody had claimed them."""
        surely(lambda: self.let_wait([row.pk for row in rows], attempts=F("attempts") - 1))

    def let_wait(self, ids: Collection[int], **values: object) -> None:
        """A newer one about the same, which came meanwhile, is taken in. If yet another comes in between, the lease
        runs out instead."""
        mine = self.claimed.with_ids(ids)
        try:
            with transaction.atomic():
                Delivery.objects.waiting_beside(mine).delete()
                mine.update(state=Delivery.State.WAITING, claim=None, claimed_until=None, **values)
        except IntegrityError:
            logger.info("Something newer came while %s deliveries were given back.", len(ids))


def may_go(kind: Kind, row: Delivery) -> bool:
    """Whether anything of this kind may reach this person now."""
    if row.person is None:
        return True
    mine = MailSettings.of(row.person)
    is_wanted = kind.is_essential or mine.stopped_at is None
    is_reached = kind.send is not None or mine.is_reachable  # what is no mail needs no address
    return row.person.is_active and is_wanted and is_reached


@transaction.atomic
def mark_sent(row: Delivery, note: Callable[[], None] = nothing) -> None:
    """Note that it went out, whoever has it by now, and what is to be noted then."""
    unmarked = Delivery.objects.with_ids([row.pk]).exclude(state=Delivery.State.SENT)
    if unmarked.update(state=Delivery.State.SENT, done_at=timezone.now(), error=""):
        note()


def switch_off(row: Delivery, why: str) -> None:
    """Their address takes no mail: until they say that it does, nothing else is sent there."""
    if row.person:
        note_unreachable(email=row.person.email, cause=MailSettings.Cause.REFUSED, why=why)


def is_database_away(error: Exception) -> bool:
    """Whether it says nothing about what was asked. psycopg2 has no name of its own for a connection that broke."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def surely(note: Callable[[], None]) -> None:
    """Do it though the database is away for a moment: what was sent and not noted would be sent again."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return note()
        except Error as error:
            if connection.in_atomic_block or not is_database_away(error) or time.monotonic() > until:
                raise
        connection.close()
        time.sleep(0.5)
