"""Looking after mail that did not go out, for L&D admins."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from community.actions import record_act
from community.models import AuditEntry

from .. import tasks
from ..models import Delivery, MailHold

State = Delivery.State


@transaction.atomic
def retry_mail(*, by: User, ids: list[int] | None = None) -> int:
    """Send what failed once more, these or all of it; returns how many wait again. What a newer one that waits will
    tell, too, is not sent apart."""
    failed = Delivery.objects.failed() if ids is None else Delivery.objects.failed().with_ids(ids)
    rows = list(failed.order_by("pk").select_for_update())
    waiting = sum(wait_again(row) for row in rows)
    if rows:
        record_act(by=by, act=AuditEntry.Act.MAIL_RETRIED, details={"mails": len(rows)})
        tasks.deliver.delay_on_commit()
    return waiting


def wait_again(row: Delivery) -> bool:
    row.state, row.due_at, row.done_at = State.WAITING, timezone.now(), None
    row.attempts = row.failures = 0
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "attempts", "failures", "due_at", "done_at"])
    except IntegrityError:  # a newer one about the same waits
        row.state, row.done_at = State.DROPPED, timezone.now()
        row.save(update_fields=["state", "done_at"])
    return row.state == State.WAITING


@transaction.atomic
def give_up_mail(*, by: User, ids: list[int]) -> int:
    """Let what failed be: it leaves the list, and why it failed stays with it. Returns how many."""
    done = Delivery.objects.failed().with_ids(ids).update(state=State.DROPPED, done_at=timezone.now())
    if done:
        record_act(by=by, act=AuditEntry.Act.MAIL_GIVEN_UP, details={"mails": done})
    return done


@transaction.atomic
def hold_mail(*, by: User) -> None:
    """Hold all mail back until it is let go; what is due waits. A second call does nothing."""
    _hold, made = MailHold.objects.get_or_create(pk=1, defaults={"by": by})
    if made:
        record_act(by=by, act=AuditEntry.Act.MAIL_HELD)


@transaction.atomic
def let_mail_go(*, by: User) -> None:
    """Send what was held back, and go on."""
    if MailHold.objects.all().delete()[0]:
        record_act(by=by, act=AuditEntry.Act.MAIL_LET_GO)
        tasks.deliver.delay_on_commit()
