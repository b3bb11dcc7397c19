import logging

from celery import shared_task

from outbound import OutboundError

from . import actions
from .models import Event

SWEEP_AT_MOST = 500  # events a sweep; the next one goes on
logger = logging.getLogger(__name__)


@shared_task
def fan_out(event_id: int) -> None:
    actions.fan_out(event_id)


@shared_task
def sweep() -> None:
    """Do what a dead worker or an emptied broker left undone. What fails is logged and holds up nothing else."""
    for event_id in Event.objects.not_fanned_out().values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        try:
            actions.fan_out(event_id)
        except Exception:
            logger.exception("Nobody heard of event %s; the next sweep tries again.", event_id)


@shared_task
def reach_new_addresses() -> None:
    """Mail those again who have another address by now than the one that took no mail."""
    actions.reach_new_addresses()


@shared_task(time_limit=120)
def deliver() -> None:
    """Send what is due. Rung when something is, and by the beat for what nobody rang for."""
    actions.deliver()


@shared_task
def mail_invitations() -> None:
    """Make the mails that invitations wait for."""
    actions.mail_invitations()


@shared_task
def post_answers() -> None:
    """Post what came in by mail. Rung when something did, and by the beat for what nobody rang for."""
    actions.post_answers()


@shared_task(time_limit=300)
def read_mailbox() -> None:
    """Take what came into the mailbox for answers. A mailbox that is away is asked again by the next beat."""
    try:
        actions.read_mailbox()
    except OutboundError as error:
        logger.warning("The mailbox for answers was not read: %s", error)


@shared_task
def forget_answers() -> None:
    actions.forget_answers()


@shared_task
def schedule_digests() -> None:
    """Make the digests whose time has come, by the clock of each person."""
    actions.schedule_digests()


@shared_task
def forget_deliveries() -> None:
    actions.forget_deliveries()


@shared_task
def schedule_mornings() -> None:
    """Make the mail for guides for whom it is morning."""
    actions.schedule_mornings()


@shared_task
def give_pulse(queue: str) -> None:
    """Show that a worker takes what is put into `queue`; rung there by the beat."""
    actions.note_pulse(queue)
